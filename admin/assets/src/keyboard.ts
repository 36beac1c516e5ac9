// Single keys, while no field is being typed in. Keys that act press the button that carries them.
const links = () => [...document.querySelectorAll<HTMLElement>('[data-rows-list] > .row:not([hidden]) a.open')];

const bindings: Record<string, () => boolean> = {
  j: () => move(1),
  k: () => move(-1),
  o: () => press(focusedLink() ?? document.querySelector<HTMLElement>('.row a.open[aria-current]') ?? links()[0]),
  x: () => press(focusedLink()?.closest('.row')?.querySelector<HTMLElement>('input') ?? undefined),
  e: () => pressKey('e'),
  c: () => pressKey('c'),
  r: () => pressKey('r'),
  a: () => pressKey('a'),
  f: () => pressKey('f'),
  '/': () => focus(document.querySelector<HTMLElement>('[data-quick-filter]')),
  '?': () => {
    document.getElementById('keys')?.togglePopover();
    return true;
  },
};

document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && typing(event.target)) (event.target as HTMLElement).blur();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (bindings[event.key]?.()) event.preventDefault();
});

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement
    && (target.isContentEditable || target.matches('textarea, select, input:not([type="checkbox"], [type="button"], [type="submit"])'));
}

function focusedLink(): HTMLElement | undefined {
  return document.activeElement?.closest('.row')?.querySelector<HTMLElement>('a.open') ?? undefined;
}

function move(by: number): boolean {
  const all = links();
  const from = focusedLink() ?? document.querySelector<HTMLElement>('.row a.open[aria-current]');
  const at = from ? all.indexOf(from) : by > 0 ? -1 : all.length;
  return focus(all[Math.min(all.length - 1, Math.max(0, at + by))]);
}

function pressKey(key: string): boolean {
  const found = [...document.querySelectorAll<HTMLElement>(`[data-key="${key}"]`)];
  return press(found.find(element => element.checkVisibility()) ?? found[0]);
}

function press(element: HTMLElement | undefined): boolean {
  element?.click();
  return element !== undefined;
}

function focus(element: HTMLElement | null | undefined): boolean {
  element?.focus();
  element?.closest('.row')?.scrollIntoView({ block: 'nearest' });
  return Boolean(element);
}
