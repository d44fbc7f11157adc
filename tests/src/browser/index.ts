/** A real Chromium before the campus, for the tests and the bench. */
export { type BrowserFacts, TestBrowser } from './browser.fixture.js';
export { CHROMIUM_WAIT_MS, findChromium } from './chromium.fixture.js';
export { DoorPage, type DoorPlace } from './door-page.fixture.js';
export { type Stretch, writeFilm } from './film.fixture.js';
