// The one way in, from `npm start` to CI: brings packages and Node up to date, then runs a task.
// Plain Node 20 syntax and no dependencies, since it runs before anything is installed.
import { BootError } from './boot/processes.mjs';
import { listTasks, tasks } from './boot/tasks.mjs';
import { bringPackages, chooseNode } from './boot/toolchain.mjs';

async function main([name, ...args]) {
  if (name === undefined || name === 'help') {
    console.log(listTasks());
    return 0;
  }
  const task = tasks[name];
  if (task === undefined) throw new BootError(`There is no task "${name}".\n${listTasks()}`);
  await bringPackages();
  return task(chooseNode(), args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BootError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
