import htmx from 'htmx.org';
import './reconcile';
import './bulk';
import './menus';
import './keyboard';
import './quick-filter';
import './failures';
import './polled';
import { watchTimes } from './times';
import { fitFrames } from './frames';
import { mountComposers } from './composer';
import { adoptRows, markCurrent } from './rows';
import { showNewest } from './thread';
import { listen } from './live';
import { watchSession } from './session';

htmx.onLoad(node => {
  const loaded = node as Element;
  fitFrames(loaded);
  mountComposers(loaded);
  adoptRows(loaded);
  markCurrent();
  watchTimes(loaded);
  showNewest(loaded);
});

document.addEventListener('DOMContentLoaded', () => {
  document.querySelector('.row:has(a.open[aria-current])')?.scrollIntoView({ block: 'nearest' });
  listen();
  watchSession();
});
