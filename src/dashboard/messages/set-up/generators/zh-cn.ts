/** What the panel of the generators says, in Simplified Chinese. */
import type { GeneratorsWords } from './en.js'

export const generatorsPanelZhCn: GeneratorsWords = {
  used: '用来回答问题的是',
  states: { ready: '就绪', loading: '正在准备', missing: '不可用', off: '未设置' },
  places: { machine: '其模型在本机运行。', remote: '其模型在别处运行。' },
  told: {
    values: '可以告知其存储的值。',
    'schema-only': '只告知名称和类型，不告知存储的值。',
  },
  usedToday: (tokens) => `今天已用 ${tokens} 个词元。`,
  compareHeading: '用一个问题比较两个生成器',
  compareMeans: '两者同时回答，因此各自可能比单独运行更慢。比较不会留在对话列表中。',
  tooFew: '需要两个就绪的生成器。',
  question: '问题',
  sides: ['第一个', '第二个'],
  compare: '比较',
  stop: '停止',
  sqlOf: (name) => `SQL：${name}`,
  rowsOf: (name) => `结果行：${name}`,
  differs: '标出的行在另一条 SQL 中没有。',
  keep: '保留这个',
  keepThis: (name) => `保留这个：${name}`,
  kept: '已批准：今后由这条 SQL 回答该问题。',
  forbidden: '此密钥可以提问，但不能批准。具有“curate”权限的密钥可以。',
  verdicts: {
    neither: '两者都没有结果。',
    onlyOne: (name) => `只有${name}给出了结果。`,
    equal: '两者结果相同。',
    reordered: '两者的行相同，但顺序不同。',
    columns: (left, right) => `结果不同：第一个有 ${left} 列，第二个有 ${right} 列。`,
    rows: (first, ours, second, theirs) =>
      `结果不同：仅${first}有 ${ours} 行，仅${second}有 ${theirs} 行。`,
    partly: '只比较了显示出来的行。',
  },
}
