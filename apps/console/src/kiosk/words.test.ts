import { readdirSync, readFileSync } from 'node:fs';
import { denialReason, displayHint, doorPhase } from '@latchkey/contracts';
import { expect, it } from 'vitest';
import {
  chooseLanguage,
  clausesOf,
  clockTime,
  fill,
  fillCount,
  type Messages,
} from './words.pure.js';

const folder = new URL('./messages/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Messages;

/** Each message's key with its placeholders: `welcome: {name}`. */
function shapeOf(messages: object, path = ''): string[] {
  return Object.entries(messages).flatMap(([key, value]) => {
    if (typeof value !== 'string') return shapeOf(value as object, `${path}${key}.`);
    const placeholders = [...value.matchAll(/\{\w+\}/g)].map(([found]) => found);
    return [`${path}${key}: ${placeholders.toSorted().join(' ')}`];
  });
}

it('every language says all that the others say, with the same placeholders', () => {
  expect(files).toEqual(expect.arrayContaining(['en.json', 'es.json', 'hi.json']));
  const expected = shapeOf(read('en.json')).toSorted();
  for (const file of files) expect(shapeOf(read(file)).toSorted()).toEqual(expected);
});

it('every phase, hint and reason that a door may show has its words, and none is empty', () => {
  for (const file of files) {
    const words = read(file);
    expect(Object.keys(words.phase).toSorted()).toEqual(doorPhase.options.toSorted());
    expect(Object.keys(words.advice).toSorted()).toEqual(doorPhase.options.toSorted());
    expect(Object.keys(words.reason).toSorted()).toEqual(denialReason.options.toSorted());
    expect(Object.keys(words.reasonAdvice).toSorted()).toEqual(denialReason.options.toSorted());
    expect(Object.keys(words.hint).toSorted()).toEqual(displayHint.options.toSorted());
    expect(Object.keys(words.trouble)).toEqual(Object.keys(words.troubleAdvice));
    expect(JSON.stringify(words)).not.toMatch(/:\s*"\s*"/);
  }
});

it('speaks the first wished language that it knows, else English', () => {
  const spoken = ['en', 'es', 'hi'];
  expect(chooseLanguage([null, 'es-MX', 'hi'], spoken)).toBe('es');
  expect(chooseLanguage(['de-DE', 'HI'], spoken)).toBe('hi');
  expect(chooseLanguage(['de', undefined], spoken)).toBe('en');
});

it('tells the sentences of a text apart, in each language', () => {
  expect(clausesOf('Welcome, Asha Rao. Show your code')).toEqual([
    'Welcome, Asha Rao.',
    'Show your code',
  ]);
  for (const file of files) expect(clausesOf(read(file).welcome)).toHaveLength(2);
});

it('tells the time as the language does, never a moment too soon', () => {
  const at = (s: number) => new Date(2026, 0, 5, 16, 55, s).getTime();
  expect(clockTime(at(0), 'en')).toMatch(/^4:55\sPM$/);
  expect(clockTime(at(1), 'en')).toMatch(/^4:56\sPM$/);
  expect(clockTime(at(59), 'es')).toBe('16:56');
});

it('fills in names as they are, also those that look like placeholders or patterns', () => {
  expect(fill('Welcome, {name}.', { name: '$& {name}' })).toBe('Welcome, $& {name}.');
  const { remaining } = read('en.json');
  expect(fillCount(remaining, 1, 'en')).toBe('1 try left');
  expect(fillCount(remaining, 4, 'en')).toBe('4 tries left');
});
