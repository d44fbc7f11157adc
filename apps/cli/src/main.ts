import { Command } from 'commander';
import { auditCommand } from './audit.command.js';
import { deadLettersCommand } from './dead-letters.command.js';
import { deliveriesCommand, sendAgainCommand } from './deliveries.command.js';
import { evaluateCommand } from './evaluate.command.js';
import { eventsCommand } from './events.command.js';
import { receiptCommand } from './receipt.command.js';
import { statusCommand } from './status.command.js';
import { keysCommand } from './keys.command.js';
import { kioskCommand } from './kiosk.command.js';
import { relayCommand } from './relay.command.js';
import { samplesCommand } from './samples.command.js';

const program = new Command('latchkey')
  .description('Latchkey on the command line')
  .addCommand(statusCommand())
  .addCommand(eventsCommand())
  .addCommand(deliveriesCommand())
  .addCommand(sendAgainCommand())
  .addCommand(deadLettersCommand())
  .addCommand(auditCommand())
  .addCommand(receiptCommand())
  .addCommand(evaluateCommand())
  .addCommand(kioskCommand())
  .addCommand(samplesCommand())
  .addCommand(keysCommand())
  .addCommand(relayCommand())
  .showHelpAfterError();

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`latchkey: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
