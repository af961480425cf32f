/** Parley inside another agent: as a tool that its model calls, and as a part of its graph. */
import { HumanMessage, ToolMessage } from '@langchain/core/messages'
import { MemorySaver, MessagesValue, START, StateGraph, StateSchema } from '@langchain/langgraph'
import { describe, expect, it } from 'vitest'
import { createAnswerGraph, createAskTool } from '../../src/langchain.js'
import { standInOrchestrator } from '../support/stand-in-orchestrator.js'

const question = 'Active stores by region'

describe('the tool', () => {
  it('gives the model text with the SQL, and the program the answer', async () => {
    const orchestrator = standInOrchestrator()
    const tool = createAskTool(orchestrator, { user: 'ada', generator: 'rules' })
    const message = await tool.invoke({
      type: 'tool_call',
      id: 'call-1',
      name: 'ask_database',
      args: { question, conversation_id: 'earlier' },
    })
    expect(message).toBeInstanceOf(ToolMessage)
    expect(message.content).toMatch(/```sql[\s\S]*conversation_id: earlier$/)
    expect(message.artifact).toMatchObject({ ok: true, conversationId: 'earlier' })
    expect(orchestrator.calls).toMatchObject([
      { question, options: { user: 'ada', generator: 'rules', conversationId: 'earlier' } },
    ])
  })

  it('takes a name and a description, for an agent with several databases', () => {
    const given = { name: 'ask_sales', description: 'Knows what was sold.' }
    expect(createAskTool(standInOrchestrator(), given)).toMatchObject(given)
  })

  it('ends its question when the agent is stopped', async () => {
    const orchestrator = standInOrchestrator()
    const leaving = new AbortController()
    const asking = createAskTool(orchestrator).invoke(
      { question: 'forever' },
      { signal: leaving.signal },
    )
    asking.catch(() => undefined)
    await expect.poll(() => orchestrator.calls.length).toBe(1)
    leaving.abort()
    await expect.poll(() => orchestrator.calls[0]?.cancelled).toBe(true)
    await asking.catch(() => undefined)
  })
})

describe('the graph', () => {
  it('answers the last message of a person, with the whole answer beside it', async () => {
    const graph = createAnswerGraph(standInOrchestrator())
    const { messages, parleyAnswer } = await graph.invoke({
      messages: [new HumanMessage(question)],
    })
    expect(messages).toHaveLength(2)
    expect(messages[1]?.text).toContain('```sql')
    expect(parleyAnswer).toMatchObject({ ok: true, question })
  })

  it('is part of a graph with messages alone, where a thread is a conversation', async () => {
    const orchestrator = standInOrchestrator()
    const own = new StateSchema({ messages: MessagesValue })
    const around = new StateGraph(own)
      .addNode('data', createAnswerGraph(orchestrator))
      .addEdge(START, 'data')
      .compile({ checkpointer: new MemorySaver() })
    const thread = { configurable: { thread_id: 'thread-7' } }
    await around.invoke({ messages: [new HumanMessage(question)] }, thread)
    const { messages } = await around.invoke(
      { messages: [new HumanMessage('And in 2024?')] },
      thread,
    )
    expect(messages).toHaveLength(4)
    expect(orchestrator.calls.map(({ options }) => options.conversationId)).toEqual([
      'thread-7',
      'thread-7',
    ])
  })

  it('streams the steps of an answer to whoever listens', async () => {
    const graph = createAnswerGraph(standInOrchestrator())
    const input = { messages: [new HumanMessage(question)] }
    const types: string[] = []
    for await (const event of await graph.stream(input, { streamMode: 'custom' })) {
      types.push((event as { type: string }).type)
    }
    expect(types[0]).toBe('message_start')
    expect(types).toEqual(expect.arrayContaining(['state', 'sql', 'data', 'message_stop']))
  })
})
