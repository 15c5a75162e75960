// The `headwater` command: verbs and their options. Each verb's code is loaded when it is called.

import { Command, CommanderError } from 'commander';
import { ENGINE_VERSION } from '@headwater/engine';
import { dropEarly } from './early.ts';
import { endWith, EXIT } from './exit.ts';
import { addVerbs } from './verbs.ts';

export async function main(args: readonly string[]): Promise<void> {
  // A reader that went away (`| head`) is no error.
  process.stdout.on('error', () => process.exit(EXIT.done));
  try {
    await build().parseAsync([...args], { from: 'user' });
  } catch (error) {
    process.exitCode = error instanceof CommanderError ? endParsing(error) : endWith(error);
  } finally {
    dropEarly();
  }
}

function build(): Command {
  const program = new Command('headwater')
    .description('Runs the notebook you already have as a flow: every step in its own process, every result kept.')
    .version(ENGINE_VERSION)
    .option('--store <place>', 'the store: a folder or s3://bucket/prefix (default: the nearest .headwater, or HEADWATER_STORE)')
    .option('--python <path>', 'the interpreter that runs the cells')
    .option('--json', 'one JSON object a line instead of text')
    .showSuggestionAfterError()
    .enablePositionalOptions(false)
    .exitOverride();
  addVerbs(program);
  return program;
}

function endParsing(error: CommanderError): number {
  const asked = ['commander.helpDisplayed', 'commander.help', 'commander.version'];
  return asked.includes(error.code) && error.exitCode === 0 ? EXIT.done : EXIT.mistake;
}

