import type { Page } from 'playwright-core';

const NOTES = `
  globalThis.notes = 0;
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function counted(...when) {
    notes += 1;
    start.apply(this, when);
  };
`;

/** Before a page is opened: the notes that it plays will be counted. */
export async function countNotes(page: Page): Promise<void> {
  await page.addInitScript(NOTES);
}

/** How many notes a page has played since it was loaded. */
export function notesOf(page: Page): Promise<number> {
  return page.evaluate<number>('notes');
}

const ADVICE = `
  globalThis.advice = new Set();
  const note = () => advice.add(document.querySelector('.advice')?.textContent ?? '');
  new MutationObserver(note).observe(document, { subtree: true, childList: true, characterData: true });
`;

/** Before a page is opened: all the advice that it gives will be kept. */
export async function keepAdvice(page: Page): Promise<void> {
  await page.addInitScript(ADVICE);
}

/** The advice that a page gave since it was loaded. */
export function adviceOf(page: Page): Promise<string[]> {
  return page.evaluate<string[]>('[...advice]');
}

const PLUG = `
  const { mediaDevices } = navigator;
  const given = mediaDevices.getUserMedia.bind(mediaDevices);
  const tracks = [];
  let isPlugged = true;
  mediaDevices.getUserMedia = async (wanted) => {
    if (!isPlugged) throw new DOMException('no camera', 'NotFoundError');
    const stream = await given(wanted);
    tracks.push(...stream.getTracks());
    return stream;
  };
  globalThis.plug = (isIn) => {
    isPlugged = isIn;
    for (const track of isIn ? [] : tracks.splice(0)) {
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
    mediaDevices.dispatchEvent(new Event('devicechange'));
  };
`;

/** Before a page is opened: its camera gets a plug. Chromium's film camera has none, so the page is told what it would be. */
export async function addPlug(page: Page): Promise<void> {
  await page.addInitScript(PLUG);
}

export function plug(page: Page, isIn: boolean): Promise<void> {
  return page.evaluate(`plug(${isIn})`);
}

/** The first picture is refused, and of each after it nothing is heard again. */
const BREAKS = `
  let isFirst = true;
  OffscreenCanvas.prototype.convertToBlob = () => {
    if (!isFirst) return new Promise(() => {});
    isFirst = false;
    return Promise.reject(new DOMException('no memory', 'EncodingError'));
  };
`;

const ENCODER = /encode\.worker/;

/** Before a page is opened: what makes frames of its pictures will break, however often it is started. */
export async function breakEncoder(page: Page): Promise<void> {
  await page.route(ENCODER, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${BREAKS}${await response.text()}` });
  });
}

/** The next one that is started does its work. */
export async function mendEncoder(page: Page): Promise<void> {
  await page.unroute(ENCODER);
}
