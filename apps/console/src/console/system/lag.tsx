import type { Answer } from '@latchkey/gateway/api';
import { Scroller } from '../../look/scroller.js';
import { Badge } from '../../look/words.js';
import { bytesWords } from './bytes-words.pure.js';
import { lagWords, readerWords, streamOf } from './part-words.pure.js';

type Status = Answer<'getStatus'>;

/** Who keeps up with the messages and who does not, and what the broker keeps. */
export function Lag({ consumers, streams }: Pick<Status, 'consumers' | 'streams'>) {
  return (
    <>
      <section className="stack" aria-labelledby="consumers">
        <h2 id="consumers">Queues</h2>
        <Scroller label="Readers of the streams">
          <table className="table cards">
            <thead>
              <tr>
                <th scope="col">Work</th>
                <th scope="col">Messages</th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              {consumers.map((consumer) => (
                <Reader key={consumer.name} consumer={consumer} />
              ))}
            </tbody>
          </table>
        </Scroller>
      </section>
      <section className="stack" aria-labelledby="streams">
        <h2 id="streams">What the broker keeps</h2>
        <Scroller label="Each stream’s size">
          <table className="table cards">
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col" className="number">
                  Messages
                </th>
                <th scope="col" className="number">
                  Size
                </th>
              </tr>
            </thead>
            <tbody>
              {streams.map(({ name, messages, sizeBytes }) => (
                <tr key={name}>
                  <td>
                    {streamOf(name)} <code className="quiet place-code">{name}</code>
                  </td>
                  <td className="number" data-label="Messages">
                    {messages.toLocaleString()}
                  </td>
                  <td className="number" data-label="Size">
                    {bytesWords(sizeBytes)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      </section>
    </>
  );
}

function Reader({ consumer }: { readonly consumer: Status['consumers'][number] }) {
  const { name, stream } = consumer;
  const { does, help } = readerWords[name] ?? { does: name, help: '' };
  const { text, isBehind } = lagWords(consumer);
  return (
    <tr>
      <td>
        {does} <code className="quiet place-code">{name}</code>
      </td>
      <td data-label="Messages">{streamOf(stream).replace(/, for [^,]*$/, '')}</td>
      <td data-label="State">
        <Badge tone={isBehind ? 'warn' : undefined}>{text}</Badge> {isBehind ? help : null}
      </td>
    </tr>
  );
}
