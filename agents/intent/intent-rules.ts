/** Intents that wording alone decides, before any retrieval: greetings, harm, questions about the database itself. */
import type { Intent } from '../answer.js'
import type { State } from '../state.js'

const commands =
  'drop|delete|truncate|alter|update|insert|grant|revoke|erase|wipe|destroy|overwrite|attach|vacuum|rename|remove'

const unsafePatterns = [
  new RegExp(
    `^\\W*(please |can you |could you |now |then )*(${commands})\\b(?!.*\\bfrom the (chart|list|answer)\\b)`,
    'i',
  ),
  new RegExp(`;\\s*(${commands}|create|copy|set|pragma|install|load)\\b`, 'i'),
  /\b(insert into|delete from|drop (the )?\w* ?(table|database|schema|view)|truncate table|alter table|create (or replace )?(table|view|user|role)|update \w+ set)\b/i,
  /\b(ignore|forget|disregard|override|bypass) (all |any |the |your |my )*(previous|prior|above|earlier|safety|security|system)? ?(instructions?|rules?|prompts?|guard(rail)?s?|restrictions?)\b/i,
  /\b(system prompt|your instructions|password hash|api[ _-]?keys?|environment variables?|\/etc\/passwd|read_(csv|text|blob|parquet))\b/i,
  /^\W*(please )?(set|change|modify|make) (the |all |every )?[\w ]+ (to|=) /i,
]

const chatPatterns = [
  /^\W*(hi|hello|hey|howdy|good (morning|afternoon|evening|day)|greetings)\b[\s\w,!.]{0,20}$/i,
  /^\W*(thanks?|thank you|thx|cheers|great|nice|cool|awesome|perfect|ok(ay)?|bye|goodbye|see you|well done|good job)\b[\s\w,!.']{0,24}$/i,
  /\b(who are you|what are you|what is your name|what's your name|how are you|are you (a|an) (bot|ai|robot|human)|tell me a joke|what can you do|how do you work|how does this work|who made you)\b/i,
  /^\W*help( me)?\W*$/i,
]

const catalogPatterns = [
  /\b(which|what|list|show|how many|all|the|name) (\w+ ){0,3}(tables?|views?|schemas?|datasets?)\b(?! (of|for) \w+ by)/i,
  /\b(columns?|fields?|attributes?)\b.*\b(in|of|does|do|are|has|have|exist|available)\b/i,
  /\b(describe|structure of|schema of|explain the (table|schema)|data dictionary)\b/i,
  /\bwhat (data|information|kind of data|sort of data|can i ask|questions can i)\b/i,
  /\bwhat('s| is) in (this|the|my|your) (data|database|warehouse|dataset|file)\b/i,
  /\b(database|data) (contain|cover|include|hold)s?\b/i,
  /\bhow (is|are|do|does) (the )?\w+ ((and|to) (the )?\w+ )?(connected|related|joined|linked|relate|connect|link|join)\b/i,
]

/** The intent the wording forces, or undefined when it takes more than wording. */
export function intentOfWording(question: string): Intent | undefined {
  if (unsafePatterns.some((pattern) => pattern.test(question))) return 'unsafe'
  if (chatPatterns.some((pattern) => pattern.test(question))) return 'chit_chat'
  if (catalogPatterns.some((pattern) => pattern.test(question))) return 'catalog'
  return undefined
}

/** Whether it is SQL, sent as such or typed in place of a question: nothing has to be read or found for it. */
export function isGivenSql({ question, options }: Pick<State, 'question' | 'options'>): boolean {
  return options.isSql === true || looksLikeSql(question)
}

function looksLikeSql(question: string): boolean {
  return /^\s*(select\b[\s\S]+\bfrom\b|with\b[\s\S]+\bas\s*\([\s\S]+\bselect\b)/i.test(question)
}
