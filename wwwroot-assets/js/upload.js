// Sends one file at a time to the staging API and reports to a Blazor component. XMLHttpRequest, because fetch reports no upload progress.
const address = '/api/datasets/uploads';
const pause = 250; // milliseconds between two reports of progress

export function attach(zone, owner, maxBytes) {
  let sending = null; // { file, request, startedAt, reportedAt, sent }
  let last = null; // the file that was sent last, to try again
  let depth = 0; // of dragenter events: every child of the page fires its own
  const listening = new AbortController();

  // The circuit may be gone for a moment; what a report says is then shown by the next one.
  const report = (...call) => owner.invokeMethodAsync(...call).catch(() => {});

  function offer(files, entry) {
    if (sending || files.length === 0) return;
    const file = files[0];
    if (files.length > 1) return report('ReportUnusable', 'several', '', files.length);
    if (entry?.isDirectory) return report('ReportUnusable', 'folder', file.name, 0);
    if (file.size === 0) return report('ReportUnusable', 'empty', file.name, 0);
    if (file.size > maxBytes) return report('ReportUnusable', 'large', file.name, file.size);
    return send(file);
  }

  function send(file) {
    const request = new XMLHttpRequest();
    const now = performance.now();
    const current = { file, request, startedAt: now, reportedAt: now, sent: 0 };
    sending = current;
    last = file;
    report('ReportStart', file.name, file.size);
    request.upload.onprogress = event => progressed(current, event.loaded);
    request.onload = () => answered(current);
    request.onerror = () => ended('ReportLoss', file.name, current.sent, file.size);
    request.onabort = () => ended('ReportCancellation');
    const form = new FormData();
    form.append('file', file);
    request.open('POST', address);
    request.setRequestHeader('Accept', 'application/json');
    request.send(form);
  }

  function progressed(current, loaded) {
    current.sent = Math.min(loaded, current.file.size); // the form around the file counts in "loaded"
    const now = performance.now();
    if (now - current.reportedAt < pause && current.sent < current.file.size) return;
    current.reportedAt = now;
    report('ReportProgress', current.sent, now - current.startedAt);
  }

  function answered(current) {
    const { status, responseText } = current.request;
    if (status !== 201) return ended('ReportRefusal', status, responseText);
    sending = null;
    const { id } = JSON.parse(responseText);
    // Without a circuit the page cannot lead on; the address alone does.
    return owner.invokeMethodAsync('ReportArrivalAsync', id).catch(() => {
      if (!listening.signal.aborted) location.assign(`/datasets/import?upload=${id}`);
    });
  }

  function ended(...call) {
    sending = null;
    if (!listening.signal.aborted) report(...call);
  }

  const carriesFiles = event => event.dataTransfer?.types?.includes('Files') ?? false;

  function highlight(isOver) {
    zone.classList.toggle('over', isOver && !sending);
  }

  function listen(target, type, handler) {
    target.addEventListener(type, handler, { signal: listening.signal });
  }

  // Anywhere on the page: a file that is dropped beside the zone would otherwise replace the page.
  listen(window, 'dragenter', event => {
    if (!carriesFiles(event)) return;
    depth++;
    highlight(true);
  });
  listen(window, 'dragleave', event => {
    if (!carriesFiles(event)) return;
    depth = Math.max(0, depth - 1);
    if (depth === 0) highlight(false);
  });
  listen(window, 'dragover', event => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = sending ? 'none' : 'copy';
  });
  listen(window, 'drop', event => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth = 0;
    highlight(false);
    offer(event.dataTransfer.files, event.dataTransfer.items?.[0]?.webkitGetAsEntry?.());
  });
  listen(zone, 'change', event => {
    if (event.target.type !== 'file') return;
    const files = [...event.target.files];
    event.target.value = ''; // so that the same file can be chosen once more
    offer(files);
  });
  listen(window, 'beforeunload', event => {
    if (sending) event.preventDefault();
  });

  zone.dataset.ready = '';

  // Chosen before this script was there.
  const input = zone.querySelector('input[type=file]');
  if (input?.files.length) input.dispatchEvent(new Event('change', { bubbles: true }));

  return {
    cancel: () => sending?.request.abort(),
    retry: () => {
      if (last && !sending) send(last);
    },
    detach: () => {
      listening.abort();
      sending?.request.abort();
    },
  };
}
