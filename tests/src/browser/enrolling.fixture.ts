import type { Campus } from '@latchkey/demo';
import type { SamplePerson } from '@latchkey/vision/samples';
import type { Page } from 'playwright-core';
import { personIdOf, templatesOf } from '../capture/edge.fixture.js';
import { Neighbour } from '../registry/neighbour.js';

const SAMPLES = 5;
/** More than five: in a frame of a film somebody may look blurred to the models. */
const TAKES_AT_MOST = 12;

/** Says so many samples are kept. */
export const samples = (page: Page, count: number) =>
  page.getByRole('heading', { name: `${count} of 5 samples` });

/** What stands in the form of who it is: id, name, address. */
export async function typedOf(page: Page): Promise<string[]> {
  const field = (label: string) => page.getByLabel(label, { exact: true }).inputValue();
  return [await field('Id'), await field('Name'), await field('E-mail')];
}

/** Says who it is and that they agree, and goes on to the camera. */
export async function begin(page: Page, id: string): Promise<void> {
  await page.getByLabel('Id', { exact: true }).fill(id);
  await page.getByLabel('Name').fill(`Name of ${id}`);
  await page.getByLabel('E-mail').fill(`${id}@campus.example`);
  await page.getByRole('checkbox', { name: /agrees/ }).check();
  await page.getByRole('button', { name: 'On to the camera' }).click();
  await samples(page, 0).waitFor();
}

/** Presses S, and waits until the picture is judged. @returns how many samples are kept; undefined: this one isn't */
export async function takeByKey(page: Page): Promise<number | undefined> {
  await page.locator('button[aria-disabled="false"]', { hasText: 'Take a sample' }).waitFor();
  const judged = page.waitForResponse((response) => response.url().endsWith('/samples'));
  await page.keyboard.press('s');
  const answer = (await (await judged).json()) as { samples?: number };
  return answer.samples;
}

/** Takes samples until all five are kept, or until it is of no more use. */
export async function takeTheRest(
  page: Page,
  isOver: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<void> {
  for (let takes = 0; takes < TAKES_AT_MOST; takes += 1) {
    if ((await takeByKey(page)) === SAMPLES || (await isOver())) return;
  }
}

/** How much two people are alike who are told of, and yet both enrolled. */
const ALIKE = 0.525;

/** Enrols a person of nobody's face, who is alike to somebody: the samples hold no pair that both can be enrolled and are. */
export async function enrolLookalike(campus: Campus, id: string, of: SamplePerson): Promise<void> {
  const face = (await templatesOf([of.id])).get(personIdOf(of.id));
  if (!face) throw new Error('a template');
  // What is upright to the face: an axis less its part along the face.
  const along = face[0] ?? 0;
  const upright = face.map((value, at) => (at === 0 ? 1 : 0) - along * value);
  const length = Math.hypot(...upright);
  const rest = Math.sqrt(1 - ALIKE ** 2) / length;
  const vector = [...face].map((value, at) => ALIKE * value + rest * (upright[at] ?? 0));
  const neighbour = new Neighbour(campus.stack.registryUrl, campus.stack.keysDir);
  await neighbour.createDraft(id);
  for (let n = 0; n < 5; n += 1) await neighbour.addSample(id, vector);
  await neighbour.call('commitDraft', { person: id, by: 'test' });
  neighbour.close();
}
