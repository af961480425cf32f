/** `--demo NAME`, which every command takes that takes a source. */
import { type Command, InvalidArgumentError } from 'commander'
import { demoNames, demoSource, findDemo } from '../../data/demo/demo-datasets.js'

export const demoHelp = 'a demo instead of data of your own'

/** The source that the name of a demo stands for. */
export function readDemo(name: string): string {
  if (!findDemo(name)) throw new InvalidArgumentError(demoNames())
  return demoSource(name)
}

/** Of a source and a demo at most one can be meant. */
export function oneSource(
  source: string | undefined,
  demo: string | undefined,
  command: Command,
): string | undefined {
  if (source !== undefined && demo !== undefined) {
    command.error('error: give a source or --demo, not both')
  }
  return demo ?? source
}
