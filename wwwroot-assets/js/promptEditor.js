// Draws behind each template: a block a line, so that numbers, colours and height follow at every key without asking the server.
// What is typed into an editor with a draft key is kept in the browser at once: neither a reload nor a lost connection loses it.
const prefix = 'logprob-dashboard.prompt.';
const tag = /\{\{[^]*?(?:\}\}|$)|\{%[^]*?(?:%\}|$)/g;

function keep(key, text, base) {
  try {
    localStorage.setItem(prefix + key, JSON.stringify({ text, base: base ?? null }));
  } catch {
    // storage refused or full: the text lives as long as the page
  }
}

function canKeep() {
  try {
    localStorage.setItem(prefix + 'probe', '');
    localStorage.removeItem(prefix + 'probe');
    return true;
  } catch {
    return false;
  }
}

/** Every draft whose key begins with start, by the rest of its key: {text, base}. */
export function drafts(start) {
  const texts = {};
  try {
    for (let at = 0; at < localStorage.length; at++) {
      const key = localStorage.key(at);
      if (!key.startsWith(prefix + start)) continue;
      const draft = JSON.parse(localStorage.getItem(key));
      if (typeof draft?.text === 'string') texts[key.slice(prefix.length + start.length)] = draft;
    }
  } catch {
    // storage refused: there is nothing to find
  }
  return { canKeep: canKeep(), texts };
}

/** Keeps texts by key, written from version base; null forgets one. */
export function keepAll(texts, base) {
  for (const [key, text] of Object.entries(texts)) {
    if (text !== null) keep(key, text, base);
    else {
      try {
        localStorage.removeItem(prefix + key);
      } catch {
        // storage refused: nothing was kept
      }
    }
  }
}

/** Forgets drafts by key, each only while it is the text that was saved: an empty line is no text, and line ends may differ. */
export function forgetSaved(texts) {
  const plain = text => text.replaceAll('\r\n', '\n').trim() && text.replaceAll('\r\n', '\n');
  try {
    for (const [key, text] of Object.entries(texts)) {
      const draft = JSON.parse(localStorage.getItem(prefix + key));
      if (draft && plain(draft.text) === plain(text)) localStorage.removeItem(prefix + key);
    }
  } catch {
    // storage refused: nothing was kept
  }
}

function span(className, text) {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
}

/** The lines of a text as lists of [text, isTag]. */
function linesOf(text) {
  const lines = [[]];
  const add = (piece, isTag) => piece.split('\n').forEach((part, index) => {
    if (index > 0) lines.push([]);
    if (part) lines.at(-1).push([part, isTag]);
  });
  let from = 0;
  for (const match of text.matchAll(tag)) {
    add(text.slice(from, match.index), false);
    add(match[0], true);
    from = match.index + match[0].length;
  }
  add(text.slice(from), false);
  return lines;
}

function drawTemplate(template) {
  const box = template.querySelector('.template-box');
  const area = box.querySelector('textarea');
  const wrong = new Set((box.dataset.wrong ?? '').split(' ').filter(Boolean).map(place => Number(place.split(':')[0])));
  const lines = linesOf(area.value);
  box.style.setProperty('--digits', String(Math.max(2, String(lines.length).length)));
  box.querySelector('.template-back').replaceChildren(...lines.map((pieces, index) => {
    const line = document.createElement('div');
    line.className = wrong.has(index + 1) ? 'template-line wrong' : 'template-line';
    line.append(...pieces.map(([text, isTag]) => isTag ? span('template-tag', text) : text), pieces.length ? '' : '\u200b');
    return line;
  }));
  box.dataset.ready = '';
}

/** Through the editing command, so that undo takes it out again. */
function insert(area, text) {
  area.focus();
  if (!document.execCommand('insertText', false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

function goTo(area, line, column) {
  const starts = area.value.split('\n').slice(0, line - 1).reduce((at, text) => at + text.length + 1, 0);
  const at = Math.min(starts + column - 1, area.value.length);
  area.focus();
  area.setSelectionRange(at, at);
}

export function attach(root) {
  const stop = new AbortController();
  const on = (type, listener) => root.addEventListener(type, listener, { signal: stop.signal });
  let last = root.querySelector('[data-field="user"] textarea');

  on('input', event => {
    const area = event.target.closest('textarea.template-text');
    if (!area) return;
    drawTemplate(area.closest('.template'));
    if (area.dataset.draft) keep(area.dataset.draft, area.value, area.dataset.base ? Number(area.dataset.base) : null);
  });
  on('focusin', event => {
    if (event.target.matches('textarea.template-text')) last = event.target;
  });
  on('mousedown', event => {
    if (event.target.closest('[data-insert]')) event.preventDefault(); // the template keeps the caret
  });
  on('click', event => {
    const button = event.target.closest('[data-insert], [data-line]');
    if (button?.dataset.insert) insert(last, button.dataset.insert);
    else if (button) goTo(button.closest('.template').querySelector('textarea'), Number(button.dataset.line), Number(button.dataset.column));
  });
  on('change', event => {
    if (!event.target.matches('[data-insert-select]') || !event.target.value) return;
    const text = event.target.value;
    event.target.value = '';
    insert(last, text);
  });

  const area = field => root.querySelector(`[data-field="${field}"] textarea`);
  const show = (system, user) => {
    if (system !== null) area('system').value = system;
    if (user !== null) area('user').value = user;
    root.querySelectorAll('.template').forEach(drawTemplate);
  };
  show(null, null);
  return { show, destroy: () => stop.abort() };
}
