/** The notebook that a request may use: its caller's own, about the dataset it names. */
import { onKept } from '../on-kept.js'

export const onNotebook = onKept((orchestrator, keyId) => orchestrator.notebook(keyId))
