/** A command that Ctrl-C ends without a stack of calls. */
import { exitCodes } from '../../exit-codes.js'
import type { CommandContext } from '../command-context.js'

type DataCommand<Options> = (options: Options, context: CommandContext) => Promise<number>

export function untilStopped<Options>(command: DataCommand<Options>): DataCommand<Options> {
  return async (options, context) => {
    try {
      return await command(options, context)
    } catch (error) {
      if (!context.signal.aborted) throw error
      context.terminal.say('Stopped. Nothing was written.')
      return exitCodes.failed
    }
  }
}
