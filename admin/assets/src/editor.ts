// The rich editor in place of the text field. It holds only what is newly written, so foreign styles never come in.
import Squire from 'squire-rte';
import DOMPurify from 'dompurify';

const allowed = {
  ALLOWED_TAGS: ['div', 'p', 'br', 'b', 'strong', 'i', 'em', 'u', 'a', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code'],
  ALLOWED_ATTR: ['href'],
};

const tags: Record<string, string> = { bold: 'B', italic: 'I', underline: 'U', link: 'A', list: 'UL', quote: 'BLOCKQUOTE' };

export interface Editor {
  html(): string;
  text(): string;
  set(html: string): void;
  focus(): void;
}

export function mountEditor(form: HTMLFormElement, changed: () => void): Editor {
  const area = form.querySelector<HTMLTextAreaElement>('[data-editor-text]')!;
  const root = document.createElement('div');
  root.className = 'editor';
  root.setAttribute('role', 'textbox');
  root.setAttribute('aria-multiline', 'true');
  root.setAttribute('aria-label', 'Text');
  root.dataset.placeholder = 'Write…';
  area.hidden = true;
  area.before(root);
  const squire = new Squire(root, { blockTag: 'DIV', sanitizeToDOMFragment: clean });
  const editor: Editor = {
    html: () => root.textContent?.trim() ? squire.getHTML() : '',
    text: () => root.innerText.trim(),
    set: html => squire.setHTML(html),
    focus: () => squire.focus(),
  };
  const report = () => {
    root.classList.toggle('vacant', !root.textContent?.trim() && !root.querySelector('li, blockquote'));
    changed();
  };
  squire.addEventListener('input', report);
  wireTools(form, squire);
  report();
  return editor;
}

function clean(html: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(plainTags(html), { ...allowed, RETURN_DOM_FRAGMENT: true });
  return document.importNode(fragment, true);
}

/** The cleaner drops these anyway; taken out before it parses, so that the page's policy has nothing to report. */
function plainTags(html: string): string {
  return html.replace(/<[^>]*>/g, tag => tag.replace(/\s(?:style|on\w+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*)/gi, ''));
}

function wireTools(form: HTMLFormElement, squire: Squire): void {
  const buttons = [...form.querySelectorAll<HTMLButtonElement>('[data-format]')];
  const show = () => {
    for (const button of buttons)
      button.setAttribute('aria-pressed', String(squire.hasFormat(tags[button.dataset.format!])));
  };
  for (const button of buttons) {
    button.addEventListener('mousedown', event => event.preventDefault());
    button.addEventListener('click', () => {
      format(squire, button.dataset.format!, squire.hasFormat(tags[button.dataset.format!]));
      squire.focus();
      show();
    });
  }
  for (const event of ['pathChange', 'select', 'cursor']) squire.addEventListener(event, show);
}

function format(squire: Squire, what: string, on: boolean): void {
  switch (what) {
    case 'bold': on ? squire.removeBold() : squire.bold(); break;
    case 'italic': on ? squire.removeItalic() : squire.italic(); break;
    case 'underline': on ? squire.removeUnderline() : squire.underline(); break;
    case 'list': on ? squire.removeList() : squire.makeUnorderedList(); break;
    case 'quote': on ? squire.decreaseQuoteLevel() : squire.increaseQuoteLevel(); break;
    case 'link': on ? squire.removeLink() : link(squire); break;
  }
}

function link(squire: Squire): void {
  const typed = window.prompt('Address of the link', 'https://')?.trim();
  if (!typed || typed === 'https://') return;
  const address = /^(https?:\/\/|mailto:)/i.test(typed) ? typed : typed.includes('@') ? `mailto:${typed}` : `https://${typed}`;
  squire.makeLink(address);
  // It stands selected now: what is typed next would replace it.
  const linked = squire.getSelection();
  linked.collapse(false);
  squire.setSelection(linked);
}
