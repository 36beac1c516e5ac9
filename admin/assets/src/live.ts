// One stream for all tabs of this browser: the tab that holds the lock reads it and tells the others.
import htmx from 'htmx.org';
import { list, placeRow, removeRow, rowFrom, setCounts, shownConversation, type Counts } from './rows';
import { say } from './failures';
import { endedSession } from './session';

interface Packet {
  id: number;
  event: 'rows' | 'news' | 'reset';
  data: {
    counts: Record<string, Counts>;
    rows?: { id: number; inbox: string; html: string }[];
    gone?: number[];
    number?: number;
    inboxes?: string[];
  };
}

const remembered = 50;
const recent: Packet[] = [];
let seen = 0;
let channel: BroadcastChannel | null = null;
let leads = false;

export function listen(): void {
  const app = document.querySelector<HTMLElement>('[data-live]');
  if (!app) return;
  seen = Number(app.dataset.live);
  if (!('locks' in navigator)) {
    lead();
    return;
  }
  channel = new BroadcastChannel(`live-${app.dataset.me}`);
  channel.onmessage = message => 'hello' in message.data ? repeat(message.data.hello) : take(message.data);
  channel.postMessage({ hello: seen });
  void navigator.locks.request(`live-${app.dataset.me}`, () => new Promise<void>(lead));
}

function lead(): void {
  leads = true;
  const source = new EventSource(`/live?since=${seen}`);
  for (const event of ['rows', 'news', 'reset'] as const)
    source.addEventListener(event, message => {
      const packet: Packet = { id: Number(message.lastEventId), event, data: JSON.parse(message.data) };
      recent.push(packet);
      if (recent.length > remembered) recent.shift();
      channel?.postMessage(packet);
      take(packet);
    });
  source.onerror = () => {
    if (source.readyState !== EventSource.CLOSED) return;
    void endedSession();
    setTimeout(lead, 10_000);
  };
  window.addEventListener('pagehide', () => source.close());
}

/** A tab that opened meanwhile asks for what it missed. */
function repeat(since: number): void {
  if (leads) for (const packet of recent) if (packet.id > since) channel?.postMessage(packet);
}

function take(packet: Packet): void {
  if (packet.id <= seen && packet.event !== 'reset') return;
  seen = packet.id;
  for (const [inbox, counts] of Object.entries(packet.data.counts)) setCounts(inbox, counts);
  const current = Number(shownConversation()?.dataset.conversation);
  if (packet.event === 'rows') {
    for (const { html } of packet.data.rows ?? []) {
      const row = rowFrom(html);
      if (row) placeRow(row);
    }
    for (const id of packet.data.gone ?? []) removeRow(String(id));
    if (packet.data.gone?.includes(current)) say('This conversation was deleted for ever.');
    else if (packet.data.rows?.some(row => row.id === current)) refreshThread();
  } else if (packet.event === 'news') {
    if (packet.data.inboxes?.includes(list()?.dataset.inbox ?? '')) announce(packet.data.number ?? 0);
    if (current) refreshThread();
  } else {
    const here = list();
    if (here) void htmx.ajax('get', here.dataset.base!, { target: '#list', swap: 'outerHTML' });
    if (current) refreshThread();
  }
}

let refreshing = 0;

function refreshThread(): void {
  clearTimeout(refreshing);
  refreshing = window.setTimeout(() => {
    const address = shownConversation()?.dataset.refresh;
    if (!address) return;
    const looking = document.visibilityState === 'visible' ? '&seen=true' : '';
    void htmx.ajax('get', address + looking, { target: '#conversation', swap: 'reconcile' });
  }, 120);
}

let unseen = 0;

function announce(number: number): void {
  const news = document.querySelector<HTMLElement>('[data-news]');
  if (!news) return;
  unseen += number;
  news.textContent = `${unseen} new – show`;
  news.hidden = false;
}
