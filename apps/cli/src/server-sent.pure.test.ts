import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ServerSent, takeMessages } from './server-sent.pure.js';

const stream =
  'retry: 2000\nid: 1-1-1\n\n: beat\n\nid: 2-1-1\nevent: a\ndata: {"n":1}\n\nid: 3-1-1\nevent: b\ndata: x\ndata: y\n\n';
const whole: ServerSent[] = [
  { id: '1-1-1', event: 'message', data: '' },
  { id: '2-1-1', event: 'a', data: '{"n":1}' },
  { id: '3-1-1', event: 'b', data: 'x\ny' },
];

it('reads the same messages however the stream is cut into pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length)), (cuts) => {
      const ends = [...cuts, stream.length].toSorted((a, b) => a - b);
      const read: ServerSent[] = [];
      let text = '';
      let from = 0;
      for (const end of ends) {
        const { messages, rest } = takeMessages(text + stream.slice(from, end));
        read.push(...messages);
        text = rest;
        from = end;
      }
      expect(read).toEqual(whole);
      expect(text).toBe('');
    }),
  );
});
