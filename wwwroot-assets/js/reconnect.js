// The buttons of the bar that stands at the foot of the page while there is no connection.
async function retry() {
  try {
    // false: the server answers, but no longer knows this circuit; a paused one can be taken up again.
    if (!(await Blazor.reconnect()) && !(await Blazor.resumeCircuit?.())) location.reload();
  } catch {
    // still no answer: the bar stays and says so
  }
}

document.addEventListener('click', event => {
  const action = event.target.closest?.('[data-reconnect]')?.dataset.reconnect;
  if (action === 'retry') retry();
  if (action === 'reload') location.reload();
});
