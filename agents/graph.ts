/** The graph as wiring: nodes are verbs, branches are the functions of `routes.ts`. */
import { type BaseCheckpointSaver, END, START, StateGraph } from '@langchain/langgraph'
import type { GraphDependencies } from './dependencies.js'
import { answerFromKnowledge } from './nodes/answer-from-knowledge.js'
import { askBack } from './nodes/ask-back.js'
import { checkSql } from './nodes/check-sql.js'
import { classifyIntent } from './nodes/classify-intent.js'
import { composeAnswer } from './nodes/compose-answer.js'
import { drawChart } from './nodes/draw-chart.js'
import { executeSql } from './nodes/execute-sql.js'
import { extractEntities } from './nodes/extract-entities.js'
import { generateSql } from './nodes/generate-sql.js'
import { retrieveContext } from './nodes/retrieve-context.js'
import { afterCheck, afterExecution, afterGeneration, afterKnowledge } from './routes.js'
import { AnswerState } from './state.js'

export function createGraph(dependencies: GraphDependencies, checkpointer: BaseCheckpointSaver) {
  return new StateGraph(AnswerState)
    .addNode('classifyIntent', classifyIntent(dependencies))
    .addNode('extractEntities', extractEntities(dependencies))
    .addNode('retrieveContext', retrieveContext(dependencies))
    .addNode('answerFromKnowledge', answerFromKnowledge(dependencies))
    .addNode('askBack', askBack())
    .addNode('generateSql', generateSql(dependencies))
    .addNode('checkSql', checkSql(dependencies))
    .addNode('executeSql', executeSql(dependencies))
    .addNode('drawChart', drawChart())
    .addNode('composeAnswer', composeAnswer(dependencies))
    .addEdge(START, 'classifyIntent')
    .addEdge('classifyIntent', 'extractEntities')
    .addEdge('extractEntities', 'retrieveContext')
    .addEdge('retrieveContext', 'answerFromKnowledge')
    .addConditionalEdges('answerFromKnowledge', afterKnowledge, [
      'composeAnswer',
      'generateSql',
      'checkSql',
    ])
    .addEdge('askBack', 'classifyIntent')
    .addConditionalEdges('generateSql', afterGeneration, ['askBack', 'checkSql', 'composeAnswer'])
    .addConditionalEdges('checkSql', afterCheck, ['executeSql', 'generateSql', 'composeAnswer'])
    .addConditionalEdges('executeSql', afterExecution, [
      'drawChart',
      'generateSql',
      'composeAnswer',
    ])
    .addEdge('drawChart', 'composeAnswer')
    .addEdge('composeAnswer', END)
    .compile({ checkpointer })
}

export type AnswerGraph = ReturnType<typeof createGraph>
