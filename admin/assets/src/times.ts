// Keeps "4 min" true, and says all times in the reader's own time zone. The server's text stands until then.
const second = 1_000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const formats = {
  clock: new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }),
  weekday: new Intl.DateTimeFormat('en-GB', { weekday: 'long' }),
  full: new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' }),
};

export function watchTimes(root: ParentNode): void {
  const now = new Date();
  for (const time of root.querySelectorAll<HTMLTimeElement>('time[data-time]')) {
    const at = new Date(time.dateTime);
    set(time, text(at, now, time.dataset.time ?? 'short'));
    if (!time.dataset.local) {
      time.title = formats.full.format(at);
      time.dataset.local = 'true';
    }
  }
  for (const chip of root.querySelectorAll<HTMLElement>('[data-waiting]'))
    set(chip, 'Waiting ' + span(now.getTime() - new Date(chip.dataset.waiting!).getTime()));
}

setInterval(() => watchTimes(document), 30_000);

function set(element: HTMLElement, words: string): void {
  if (element.textContent !== words) element.textContent = words;
}

function text(at: Date, now: Date, style: string): string {
  switch (style) {
    case 'date': return `${dayMonth(at)} ${at.getFullYear()}`;
    case 'clock': return clock(at, now);
    case 'ago': return distance(at, now, now.getTime() - at.getTime(), length => `${length} ago`);
    case 'until': return distance(at, now, at.getTime() - now.getTime(), length => `in ${length}`);
    case 'weekday': return weekday(at, now);
    default: return short(at, now);
  }
}

function distance(at: Date, now: Date, length: number, say: (length: string) => string): string {
  if (length < second) return 'now';
  if (length < minute) return say(`${Math.floor(length / second)} s`);
  if (length < hour) return say(`${Math.floor(length / minute)} min`);
  return length < day ? say(`${Math.floor(length / hour)} h`) : clock(at, now);
}

function weekday(at: Date, now: Date): string {
  const days = Math.round((new Date(now.toDateString()).getTime() - new Date(at.toDateString()).getTime()) / day);
  return days > 0 && days < 7 ? `${formats.weekday.format(at)} ${formats.clock.format(at)}` : clock(at, now);
}

function short(at: Date, now: Date): string {
  const age = now.getTime() - at.getTime();
  if (age < minute && age > -5 * minute) return 'now';
  if (age > 0 && age < hour) return `${Math.floor(age / minute)} min`;
  if (age > 0 && age < day) return `${Math.floor(age / hour)} h`;
  return dated(at, now);
}

function clock(at: Date, now: Date): string {
  return at.toDateString() === now.toDateString() ? formats.clock.format(at) : `${dated(at, now)} ${formats.clock.format(at)}`;
}

function dated(at: Date, now: Date): string {
  return at.getFullYear() === now.getFullYear() ? dayMonth(at) : `${dayMonth(at)} ${at.getFullYear()}`;
}

function dayMonth(at: Date): string {
  return `${at.getDate()} ${months[at.getMonth()]}`;
}

function span(length: number): string {
  const minutes = Math.max(1, Math.floor(length / minute));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
