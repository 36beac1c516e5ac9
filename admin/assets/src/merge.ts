// A swap for parts that are asked for again and again: only what differs is touched, so focus, selection and open details stay.
import { watchTimes } from './times';

/** Takes from an answer, a part or a whole page, the element that stands for the target. */
export function merge(target: HTMLElement, fragment: ParentNode): Node[] {
  const fresh = fragment.querySelector(`#${CSS.escape(target.id)}`);
  if (!fresh) return [];
  const focused = target.contains(document.activeElement);
  const added: Node[] = [];
  mergeChildren(target, fresh, added);
  watchTimes(target);
  if (focused && document.activeElement === document.body) target.focus({ preventScroll: true });
  return added;
}

function mergeChildren(old: Element, fresh: Element, added: Node[]): void {
  let next = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const same = find(next, wanted);
    if (!same) {
      old.insertBefore(wanted, next);
      added.push(wanted);
      continue;
    }
    // Moving an element would cost it the focus: what stands before it and is not wanted here goes instead.
    while (next !== same) next = removeBefore(next!);
    next = same.nextSibling;
    mergeNode(same, wanted, added);
  }
  while (next) next = removeBefore(next);
}

/** The next sibling that is the same thing: by its id, or by its kind where there is none. */
function find(from: ChildNode | null, wanted: ChildNode): ChildNode | null {
  const id = wanted instanceof Element ? wanted.id : '';
  for (let node = from; node; node = node.nextSibling)
    if (node.nodeName === wanted.nodeName && (node instanceof Element ? node.id : '') === id) return node;
  return null;
}

function removeBefore(node: ChildNode): ChildNode | null {
  const next = node.nextSibling;
  node.remove();
  return next;
}

function mergeNode(old: ChildNode, wanted: ChildNode, added: Node[]): void {
  if (!(old instanceof Element) || !(wanted instanceof Element)) {
    if (old.nodeValue !== wanted.nodeValue) old.nodeValue = wanted.nodeValue;
    return;
  }
  if (old.matches('.htmx-request, [data-kept]')) return;
  if (old instanceof HTMLTimeElement && old.dateTime === wanted.getAttribute('datetime')) return;
  mergeAttributes(old, wanted);
  mergeChildren(old, wanted, added);
}

function mergeAttributes(old: Element, wanted: Element): void {
  for (const { name } of [...old.attributes])
    if (!wanted.hasAttribute(name) && name !== 'open') old.removeAttribute(name);
  for (const { name, value } of wanted.attributes)
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
}
