import { Campus } from './campus.js';
import { Protocol } from './protocol.js';
import { tell } from './story.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const protocol = new Protocol(print);
const verbose = process.argv.includes('--verbose');

print(
  'Latchkey demo: a whole entry with real faces, real services and real mail, all on this machine.\n',
);
protocol.say('bringing up the broker, the mail server and the services …');
const campus = await Campus.start({ log: (line) => verbose && print(line) });
let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  await campus.close();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void stop().finally(() => process.exit(130)));
}
try {
  protocol.say('everything is up');
  await tell(campus, protocol);
} finally {
  await stop();
}
print(`\n${protocol.table()}\n`);
print(
  protocol.agrees
    ? 'All as expected.'
    : 'Something differs; run with -- --verbose to see the services’ logs.',
);
process.exitCode = protocol.agrees ? 0 : 1;
