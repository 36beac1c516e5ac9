// Tabs whose session ended do not go on showing mail: they lead to the form, unless something unsent would be lost.
import { unsent } from './composer';
import { say } from './failures';

const news = 'BroadcastChannel' in window ? new BroadcastChannel('session') : null;

/** Leads to the form when the session ended; whether it did. */
export async function endedSession(): Promise<boolean> {
  if (await streamStatus() !== 401) return false;
  if (unsent()) say('You were signed out. Sign in in another tab, then send again.');
  else location.reload();
  return true;
}

/** The form is only shown to who is signed out: the other tabs learn it from there. */
export function watchSession(): void {
  if (document.querySelector('form[action="/sign-in"]')) news?.postMessage('form');
  else if (news && document.querySelector('[data-live], form[action="/sign-out"]')) news.onmessage = () => void endedSession();
}

/** Browsers do not tell why they closed a stream. */
async function streamStatus(): Promise<number> {
  const asking = new AbortController();
  try {
    return (await fetch('/live', { signal: asking.signal })).status;
  } catch {
    return 0;
  } finally {
    asking.abort();
  }
}
