// Sends a file of recorded log probs to the HTTP API and reports how much of it has gone; answers with what the API said, never throws.
export function send(input, address, name, model, component) {
  const file = input.files[0];
  if (!file)
    return Promise.resolve({ status: 0, title: 'No file is chosen.', detail: 'Choose the file that holds the recorded log probs.' });
  const form = new FormData();
  if (name)
    form.append('name', name);
  if (model)
    form.append('model', model);
  form.append('file', file);
  return new Promise(resolve => {
    const request = new XMLHttpRequest();
    let told = 0;
    request.open('POST', address);
    request.upload.onprogress = event => {
      const now = performance.now();
      if (event.lengthComputable && now - told > 250) {
        told = now;
        component.invokeMethodAsync('ReportSentAsync', event.loaded / event.total).catch(() => { });
      }
    };
    request.onload = () => {
      let answer = {};
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        // Not from the API: the status says what there is to say.
      }
      resolve({ status: request.status, id: answer.id, name: answer.name, title: answer.title ?? `The server answered ${request.status}.`, detail: answer.detail ?? 'Try again.' });
    };
    request.onerror = () => resolve({ status: 0, title: 'The file could not be sent.', detail: 'The connection broke off, or the file was changed since it was chosen. Choose it again.' });
    request.send(form);
  });
}
