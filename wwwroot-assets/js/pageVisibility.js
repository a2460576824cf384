// Tells a component when the page goes out of sight and comes back, so that nothing is sent to a page that nobody looks at.
export function watch(component) {
  const report = () => component.invokeMethodAsync('ReportVisibilityAsync', document.visibilityState === 'visible').catch(() => { });
  document.addEventListener('visibilitychange', report);
  if (document.visibilityState !== 'visible')
    report();
  return { stop: () => document.removeEventListener('visibilitychange', report) };
}
