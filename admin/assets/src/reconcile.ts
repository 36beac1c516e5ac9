// A swap that changes in an open conversation only what changed: frames are not loaded again, what is typed stays.
// Forms that ask for it name the extension themselves: htmx looks for it above them, and a live change may have taken them out.
import htmx from 'htmx.org';
import { merge } from './merge';
import { adoptRows } from './rows';

htmx.defineExtension('reconcile', {
  isInlineSwap: (style: string) => style === 'reconcile' || style === 'merge',
  handleSwap: (style: string, target: Node, fragment: Node): boolean | Node[] =>
    style === 'reconcile' ? reconcile(target as HTMLElement, fragment as ParentNode & Node)
      : style === 'merge' ? merge(target as HTMLElement, fragment as ParentNode & Node) : false,
});

function reconcile(target: HTMLElement, fragment: ParentNode & Node): Node[] {
  const fresh = fragment.querySelector<HTMLElement>('#conversation');
  if (!fresh) return [];
  if (fresh.dataset.conversation !== target.dataset.conversation) {
    target.replaceWith(fresh);
    return [fresh];
  }
  adoptRows(fresh);
  const hadFocus = target.querySelector('#thread-head')?.contains(document.activeElement) ?? false;
  const changed = ['#thread-head', '#context'].flatMap(part => replacePart(target.querySelector(part), fresh.querySelector(part)));
  changed.push(...mergeLines(target.querySelector('#messages')!, fresh.querySelector('#messages')!));
  changed.push(...placeComposer(target, fresh));
  if (hadFocus && document.activeElement === document.body) target.focus();
  return changed;
}

function replacePart(old: Element | null, fresh: Element | null): Element[] {
  if (!old || !fresh || print(old) === print(fresh)) return [];
  old.replaceChildren(...fresh.childNodes);
  return [old];
}

/** What a person would notice: no form tokens, no times that were said in local words, no open menus. */
function print(part: Element): string {
  const copy = part.cloneNode(true) as Element;
  for (const token of copy.querySelectorAll('[name="__RequestVerificationToken"]')) token.remove();
  for (const time of copy.querySelectorAll('time')) time.replaceWith(time.dateTime);
  for (const open of copy.querySelectorAll('details[open]')) open.removeAttribute('open');
  for (const busy of copy.querySelectorAll('[class*="htmx-"]')) busy.removeAttribute('class');
  return copy.innerHTML.replace(/\s+/g, ' ');
}

/** There is none in the trash; one that is being written in stays all the same. */
function placeComposer(target: HTMLElement, fresh: HTMLElement): Element[] {
  const old = target.querySelector('#composer');
  const wanted = fresh.querySelector('#composer');
  if (old && !wanted && !old.querySelector('form')) old.remove();
  if (old || !wanted) return [];
  target.querySelector('.thread')?.append(wanted);
  return [wanted];
}

function mergeLines(old: Element, fresh: Element): Element[] {
  const atEnd = old.scrollHeight - old.scrollTop - old.clientHeight < 120;
  const kept = new Map([...old.children].filter(line => line.id && line instanceof HTMLElement && line.dataset.version !== undefined).map(line => [line.id, line as HTMLElement]));
  const wanted = [...fresh.children].map(line => {
    const same = kept.get(line.id);
    return same && same.dataset.version === (line as HTMLElement).dataset.version ? same : line;
  });
  for (const line of [...old.children]) if (!wanted.includes(line)) line.remove();
  const added: Element[] = [];
  let next = old.firstElementChild;
  for (const line of wanted) {
    if (line === next) {
      next = next.nextElementSibling;
      continue;
    }
    old.insertBefore(line, next);
    added.push(line);
  }
  const last = added.at(-1);
  if (atEnd && last?.matches('.message')) last.scrollIntoView({ block: 'start' });
  return added;
}
