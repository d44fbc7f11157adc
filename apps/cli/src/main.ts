import { Command } from 'commander';
import { evaluateCommand } from './evaluate.command.js';

const program = new Command('latchkey')
  .description('Latchkey on the command line')
  .addCommand(evaluateCommand())
  .showHelpAfterError();

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`latchkey: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
