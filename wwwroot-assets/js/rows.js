// Brings a row that was opened by an address into view, where it is not; the one behind it, with all of the row in it, too.
export function reveal(id) {
  const row = document.getElementById(id);
  if (!row) return;
  row.nextElementSibling?.scrollIntoView({ block: 'nearest' });
  row.scrollIntoView({ block: 'nearest' });
}
