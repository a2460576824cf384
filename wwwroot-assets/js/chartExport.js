// A drawn chart as a file that stands alone: title above, legend beneath, the theme's background behind.

const svgNamespace = 'http://www.w3.org/2000/svg';
const margin = 16;
const titleHeight = 36;
const lineHeight = 20;

function add(parent, name, attributes, text) {
  const element = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

function legend(svg, drawing, top, style) {
  const ink = style.getPropertyValue('--soft').trim();
  drawing.series.forEach(({ name, color, dash }, index) => {
    const y = top + index * lineHeight;
    add(svg, 'line', { x1: margin, x2: margin + 28, y1: y - 4, y2: y - 4, stroke: color, 'stroke-width': 2.5, 'stroke-dasharray': dash || 'none' });
    add(svg, 'text', { x: margin + 36, y, fill: ink, 'font-size': 13 }, name);
  });
  const y = top + drawing.series.length * lineHeight;
  add(svg, 'text', { x: margin, y, fill: ink, 'font-size': 12 }, drawing.notes.join(' · '));
}

function standalone({ host, drawing }) {
  const style = getComputedStyle(host);
  const drawn = host.querySelector('svg.apexcharts-svg');
  const { width, height } = drawn.getBoundingClientRect();
  const total = titleHeight + height + (drawing.series.length + 1) * lineHeight + 2 * margin;
  const svg = document.createElementNS(svgNamespace, 'svg');
  const outer = { xmlns: svgNamespace, width: width + 2 * margin, height: total, viewBox: `0 0 ${width + 2 * margin} ${total}`, 'font-family': style.fontFamily };
  for (const [key, value] of Object.entries(outer)) svg.setAttribute(key, value);
  add(svg, 'title', {}, drawing.title);
  add(svg, 'rect', { width: '100%', height: '100%', fill: style.getPropertyValue('--paper').trim() });
  add(svg, 'text', { x: margin, y: margin + 14, fill: style.getPropertyValue('--ink').trim(), 'font-size': 15, 'font-weight': 600 }, drawing.title);
  const picture = drawn.cloneNode(true);
  picture.querySelectorAll('foreignObject').forEach(element => element.remove()); // would bar the canvas from being read
  picture.setAttribute('x', margin);
  picture.setAttribute('y', titleHeight);
  svg.append(picture);
  legend(svg, drawing, titleHeight + height + margin + lineHeight / 2, style);
  return { text: new XMLSerializer().serializeToString(svg), width: width + 2 * margin, height: total };
}

function download(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

async function toPng({ text, width, height }) {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = 2 * width;
    canvas.height = 2 * height;
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise(done => canvas.toBlob(done, 'image/png'));
  } finally {
    URL.revokeObjectURL(url);
  }
}

export async function saveChart(current, format) {
  const picture = standalone(current);
  const name = current.drawing.title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const blob = format === 'png' ? await toPng(picture) : new Blob([picture.text], { type: 'image/svg+xml' });
  download(blob, `${name}.${format}`);
}

/** A picture that is already whole, as a file called after its title. */
export async function savePicture(picture, title, format) {
  const name = title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  download(format === 'png' ? await toPng(picture) : new Blob([picture.text], { type: 'image/svg+xml' }), `${name}.${format}`);
}
