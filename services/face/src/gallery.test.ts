import { EMBEDDING_SIZE, type Embedding, searchGallery } from '@latchkey/vision';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveGallery } from './gallery.js';
import { GalleryMatrix } from './gallery-matrix.js';

/** A template that points mostly in one direction: like only to itself. */
function template(direction: number): Embedding {
  const vector = new Float32Array(EMBEDDING_SIZE);
  vector[direction % EMBEDDING_SIZE] = 0.8;
  vector[(direction * 7 + 1) % EMBEDDING_SIZE] = 0.6;
  return vector;
}

describe('the matrix of templates', () => {
  const step = fc.record({
    what: fc.constantFrom<'set' | 'delete'>('set', 'set', 'delete'),
    person: fc.integer({ min: 0, max: 150 }).map((n) => `p${n}`),
    direction: fc.nat(500),
  });

  it('finds whom a plain search over the same people finds, whatever was added and deleted', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), fc.nat(500), (steps, probe) => {
        const matrix = new GalleryMatrix();
        const people = new Map<string, Embedding>();
        for (const { what, person, direction } of steps) {
          if (what === 'set') {
            matrix.set(person, template(direction));
            people.set(person, template(direction));
          } else {
            matrix.delete(person);
            people.delete(person);
          }
        }
        expect(matrix.size).toBe(people.size);
        const found = matrix.search(template(probe), 3);
        const wanted = searchGallery(people, template(probe), 3);
        expect(found.map(({ similarity }) => similarity.toFixed(4))).toEqual(
          wanted.map(({ similarity }) => similarity.toFixed(4)),
        );
        for (const { personId } of found) expect(people.has(personId)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the gallery in memory', () => {
  const filled = () => {
    const gallery = new LiveGallery();
    gallery.beginFill();
    gallery.set('asha', template(1));
    gallery.set('ben', template(2));
    gallery.setManifest(2);
    return gallery;
  };
  const best = (gallery: LiveGallery, direction: number) =>
    gallery.search(template(direction), 1)[0]?.personId;

  it('is ready only once as many came as the manifest counts, in whatever order', () => {
    const gallery = new LiveGallery();
    gallery.beginFill();
    gallery.setManifest(2);
    gallery.set('asha', template(1));
    expect(gallery.state().ready).toBe(false);
    expect(best(gallery, 1)).toBeUndefined();
    gallery.set('ben', template(2));
    expect(gallery.state()).toEqual({ people: 2, expected: 2, unreadable: 0, ready: true });
    const empty = new LiveGallery();
    empty.setManifest(0);
    expect(empty.state().ready).toBe(true);
  });

  it('keeps who was there until a refill is complete, then knows only who is in it', () => {
    const gallery = filled();
    gallery.beginFill();
    gallery.set('chloe', template(3));
    expect(best(gallery, 1)).toBe('asha');
    gallery.setManifest(2);
    gallery.set('ben', template(2));
    expect(best(gallery, 1)).not.toBe('asha');
    expect(best(gallery, 3)).toBe('chloe');
  });

  it('forgets who is deleted at once, also amid a refill', () => {
    const gallery = filled();
    gallery.beginFill();
    gallery.delete('asha');
    expect(best(gallery, 1)).toBe('ben');
    gallery.set('ben', template(2));
    gallery.setManifest(1);
    expect(gallery.size).toBe(1);
  });

  it('lets an entry that cannot be opened keep nobody else out, but not all of them', () => {
    const gallery = new LiveGallery();
    gallery.setUnreadable('asha');
    gallery.setManifest(1);
    expect(gallery.state().ready).toBe(false);
    gallery.set('ben', template(2));
    gallery.setManifest(2);
    expect(gallery.state()).toMatchObject({ ready: true, people: 1, unreadable: 1 });
  });

  it('raises its threshold with its size', () => {
    const gallery = new LiveGallery();
    gallery.setManifest(1_000);
    for (let person = 0; person < 1_000; person += 1) gallery.set(`p${person}`, template(person));
    expect(gallery.threshold).toBeGreaterThan(filled().threshold);
  });
});
