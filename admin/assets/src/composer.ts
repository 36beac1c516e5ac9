// Puts editor and files into a composer's form, and keeps what is typed when the server sends the composer anew.
import { mountEditor, type Editor } from './editor';
import { mountUploads, type Uploads } from './uploads';

interface Writing { editor: Editor; uploads: Uploads; begun: boolean }

const writings = new WeakMap<HTMLFormElement, Writing>();
let carried: { html: string; files: File[] } | null = null;
let leaving = false;

const openForm = (): HTMLFormElement | null => document.querySelector<HTMLFormElement>('form[data-compose]');

export function mountComposers(root: Element): void {
  for (const form of [...root.querySelectorAll<HTMLFormElement>('form[data-compose]')])
    if (!writings.has(form)) mount(form);
}

function mount(form: HTMLFormElement): void {
  const html = form.querySelector<HTMLInputElement>('[data-editor-html]')!;
  const text = form.querySelector<HTMLTextAreaElement>('[data-editor-text]')!;
  const typed = text.value;
  const writing: Writing = {
    begun: false,
    uploads: mountUploads(form),
    editor: mountEditor(form, () => {
      const now = writings.get(form);
      if (!now) return;
      now.begun = true;
      html.value = now.editor.html();
      text.value = now.editor.text();
    }),
  };
  const start = html.value || (carried?.html ?? '');
  if (start) writing.editor.set(start);
  else if (typed) writing.editor.set(typed.split('\n').map(line => `<div>${escape(line) || '<br>'}</div>`).join(''));
  html.value = writing.editor.html();
  text.value = writing.editor.text();
  writings.set(form, writing);
  if (carried?.files.length) writing.uploads.add(carried.files);
  writing.begun = start !== '' || typed !== '';
  carried = null;
  form.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector<HTMLButtonElement>('[data-send]'));
  }, { capture: true });
  const first = form.querySelector<HTMLElement>('[aria-invalid="true"], input[autofocus]');
  if (first) first.focus();
  else writing.editor.focus();
}

function escape(text: string): string {
  const holder = document.createElement('div');
  holder.textContent = text;
  return holder.innerHTML;
}

export function unsent(): boolean {
  const form = openForm();
  const writing = form ? writings.get(form) : undefined;
  return writing !== undefined && !leaving && ((writing.begun && writing.editor.html() !== '') || writing.uploads.files().length > 0);
}

document.addEventListener('htmx:beforeSwap', event => {
  const { target } = (event as CustomEvent<{ target: Element }>).detail;
  const form = openForm();
  const writing = form ? writings.get(form) : undefined;
  carried = target.id === 'composer' && writing ? { html: writing.editor.html(), files: writing.uploads.files() } : null;
});

document.addEventListener('htmx:beforeRequest', event => {
  const { elt } = (event as CustomEvent<{ elt: Element }>).detail;
  if (elt.matches('a.open') && unsent() && !window.confirm('Discard what you wrote?')) event.preventDefault();
});

document.addEventListener('htmx:afterRequest', event => {
  const { elt, xhr } = (event as CustomEvent<{ elt: Element; xhr: XMLHttpRequest }>).detail;
  if (elt.matches('form[data-compose]') && xhr.status < 300 && xhr.getResponseHeader('HX-Redirect')) leaving = true;
});

document.addEventListener('click', event => {
  if ((event.target as Element).closest('[data-discard]')) leaving = true;
});


window.addEventListener('beforeunload', event => {
  if (unsent()) event.preventDefault();
});
