/** What the HTTP door of one of several replicas has in common with the others. */
import type { AppOptions } from '../http/create-app.js'
import type { Replica } from './replica.js'
import { sharedAnswers } from './shared-answers.js'
import { sharedChats } from './shared-chats.js'
import { sharedLimiter } from './shared-limiter.js'

type SharedDoor = Pick<AppOptions, 'answerLog' | 'chats' | 'isReplica' | 'openLimiter'>

export function sharedDoor(replica: Replica): SharedDoor {
  return {
    isReplica: true,
    answerLog: sharedAnswers(replica),
    chats: sharedChats(replica),
    openLimiter: sharedLimiter(replica),
  }
}
