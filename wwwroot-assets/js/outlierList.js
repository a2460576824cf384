// The ranked samples by keyboard: arrows move from row to row, Enter opens, and the way back leads to the row that was opened.

const patience = 4000; // milliseconds for rows to come from the server

function whenever(condition, then) {
  const until = performance.now() + patience;
  (function look() {
    const found = condition();
    if (found) return then(found);
    if (performance.now() < until) requestAnimationFrame(look);
  })();
}

export function attach(table, place) {
  const controller = new AbortController();
  const linkAt = rank => table.querySelector(`[aria-rowindex="${rank + 1}"] .outlier-link`);
  const total = () => Number(table.getAttribute('aria-rowcount')) - 1;
  const rowHeight = () => table.querySelector('.outlier-rows .outlier-row')?.getBoundingClientRect().height ?? 0;

  function scrollTo(rank) {
    const rows = table.querySelector('.outlier-rows').getBoundingClientRect();
    window.scrollTo({ top: window.scrollY + rows.top + (rank - 1) * rowHeight() - window.innerHeight / 2 });
  }

  function focus(rank) {
    const link = linkAt(rank);
    if (link) return link.focus();
    scrollTo(rank);
    whenever(() => linkAt(rank), found => found.focus());
  }

  table.addEventListener('keydown', event => {
    const row = event.target.closest('.outlier-rows [aria-rowindex]');
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const rank = Number(row.getAttribute('aria-rowindex')) - 1;
    const to = { ArrowDown: rank + 1, ArrowUp: rank - 1, Home: 1, End: total() }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to >= 1 && to <= total()) focus(to);
  }, { signal: controller.signal });

  // Before a sample opens, the address left behind remembers it.
  table.addEventListener('click', event => {
    const link = event.target.closest('.outlier-link');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const address = new URL(location.href);
    address.searchParams.set('sample', link.dataset.sample);
    history.replaceState(history.state, '', address);
  }, { capture: true, signal: controller.signal });

  if (typeof place === 'number' && place > 5) {
    whenever(() => rowHeight() > 0 && table.querySelector('.outlier-rows').scrollHeight > place * rowHeight() * 0.9, () => {
      scrollTo(place + 1);
      whenever(() => linkAt(place + 1), () => scrollTo(place + 1));
    });
  }

  return {
    destroy() {
      controller.abort();
    },
  };
}
