// What lies beneath and above the lines of a chart: bands, filled areas, guides, references, upright lines, dots, marks. It is drawn
// into the chart's own picture, so that files have it too, and anew whenever the chart draws itself anew.

const svgNamespace = 'http://www.w3.org/2000/svg';
const dotted = '2 4';
const dashed = '4 4';
let drawn = 0; // clip paths want names of their own

function add(parent, name, attributes, text) {
  const element = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

/** Where values are, in pixels from the left upper corner of the area between the axes; and where that area is in its host. */
export function scalesOf({ chart, drawing }) {
  const { translateX: left, translateY: top, gridWidth: width, gridHeight: height } = chart.w.globals;
  const { xaxis, yaxis } = drawing.options;
  return {
    area: { left, top, width, height },
    across: x => ((x - xaxis.min) / (xaxis.max - xaxis.min)) * width,
    down: y => (1 - (y - yaxis.min) / (yaxis.max - yaxis.min)) * height,
    xAt: pixels => xaxis.min + (pixels / width) * (xaxis.max - xaxis.min),
    yAt: pixels => yaxis.min + (1 - pixels / height) * (yaxis.max - yaxis.min),
    holds: (x, y) => x >= xaxis.min && x <= xaxis.max && y >= yaxis.min && y <= yaxis.max,
  };
}

const line = (points, { across, down }) => points.map(([x, y], index) => `${index ? 'L' : 'M'}${across(x).toFixed(2)} ${down(y).toFixed(2)}`).join('');

/** Down to y = 0, in steps where the line is one; a first step begins one step's width before its point. */
function areaOf(points, step, scales) {
  if (points.length < 2) return '';
  const first = step ? points[0][0] - (points[1][0] - points[0][0]) : points[0][0];
  const corners = [[first, 0]];
  let before = first;
  for (const [x, y] of points) {
    if (step) corners.push([before, y]);
    corners.push([x, y]);
    before = x;
  }
  return line([...corners, [before, 0]], scales) + 'Z';
}

function beneath(group, drawing, scales) {
  const { bands, guides, references } = drawing.layers;
  for (const { color, points } of bands) {
    const edge = [...points.map(([x, low]) => [x, low]), ...points.toReversed().map(([x, , high]) => [x, high])];
    add(group, 'path', { class: 'chart-band', d: `${line(edge, scales)}Z`, fill: color, 'fill-opacity': 0.16, stroke: 'none' });
  }
  drawing.series.forEach((series, index) => {
    if (series.filled) add(group, 'path', { d: areaOf(drawing.options.series[index].data, series.step, scales), fill: series.color, 'fill-opacity': 0.22, stroke: series.color, 'stroke-width': 1.5 });
  });
  for (const { points } of guides) add(group, 'path', { d: line(points, scales), fill: 'none', stroke: drawing.guide, 'stroke-width': 1, 'stroke-dasharray': dashed });
  for (const { y, color } of references)
    add(group, 'line', { x1: 0, x2: scales.area.width, y1: scales.down(y), y2: scales.down(y), stroke: color, 'stroke-width': 1.5, 'stroke-dasharray': dotted });
}

function above(group, current, scales) {
  const { drawing } = current;
  for (const { label, labelAt: [x, y] } of drawing.layers.guides)
    if (label && scales.holds(x, y)) add(group, 'text', { x: scales.across(x) - 6, y: scales.down(y) - 4, 'text-anchor': 'end', fill: drawing.ink, 'font-size': 11 }, label);
  drawing.series.forEach(({ dots, color }, index) => {
    if (!dots) return;
    drawing.options.series[index].data.forEach(([x, y], point) => {
      if (scales.holds(x, y)) add(group, 'circle', { class: 'chart-dot', cx: scales.across(x), cy: scales.down(y), r: dots[point], fill: color, 'fill-opacity': 0.85, stroke: drawing.paper, 'stroke-width': 1 });
    });
  });
  current.uprights = drawing.layers.uprights.map(upright => ({ ...upright, element: add(group, 'line', { class: 'chart-upright', y1: 0, y2: scales.area.height, stroke: upright.color, 'stroke-width': upright.handle === undefined ? 1.5 : 2, 'stroke-dasharray': upright.dash || 'none' }) }));
  current.marks = drawing.layers.marks.map(mark => ({ ...mark, element: add(group, 'circle', { class: mark.full ? 'chart-mark full' : 'chart-mark', r: mark.full ? 7 : 6.5, fill: mark.full ? mark.color : drawing.paper, stroke: mark.full ? drawing.paper : mark.color, 'stroke-width': mark.full ? 2 : 2.5 }) }));
  current.uprights.forEach(upright => placeUpright(upright, upright.x, scales));
  current.marks.forEach(mark => placeMark(mark, mark.x, mark.y, scales));
}

export function placeUpright(upright, x, scales) {
  upright.x = x;
  upright.element.setAttribute('x1', scales.across(x));
  upright.element.setAttribute('x2', scales.across(x));
  upright.element.style.display = scales.holds(x, scales.yAt(scales.area.height / 2)) ? '' : 'none';
}

export function placeMark(mark, x, y, scales) {
  mark.x = x;
  mark.y = y;
  mark.element.setAttribute('cx', scales.across(x));
  mark.element.setAttribute('cy', scales.down(y));
  mark.element.style.display = scales.holds(x, y) ? '' : 'none';
}

/** Draws all of it; what was there before goes. */
export function drawLayers(current) {
  const { host, drawing } = current;
  const inner = host.querySelector('.apexcharts-inner');
  if (!inner) return;
  inner.querySelectorAll(':scope > .chart-layer').forEach(layer => layer.remove());
  const scales = scalesOf(current);
  const clip = `chart-clip-${++drawn}`;
  const under = add(inner, 'g', { class: 'chart-layer under', 'clip-path': `url(#${clip})` });
  add(add(under, 'clipPath', { id: clip }), 'rect', { x: 0, y: 0, width: scales.area.width, height: scales.area.height });
  beneath(under, drawing, scales);
  const lines = inner.querySelector('.apexcharts-line-series');
  if (lines) inner.insertBefore(under, lines);
  above(add(inner, 'g', { class: 'chart-layer over' }), current, scales);
}
