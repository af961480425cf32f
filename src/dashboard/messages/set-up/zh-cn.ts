/** What the page says around the panels of the set-up, in Simplified Chinese. */
import type { setUpEn } from './en.js'

export const setUpZhCn: typeof setUpEn = {
  panels: '设置',
  names: {
    data: '数据',
    schema: '结构',
    knowledge: '知识',
    generators: '生成器',
    models: '模型',
    reports: '报告',
  },
  purposes: {
    data: '可以向 Parley 询问的内容：您自己的文件和数据库，以及示例。',
    schema: '所选数据的表和列。您为它们写的说明有助于找到它们。',
    knowledge: '数据之外 Parley 应该知道的内容：文档、术语和已批准的 SQL。',
    generators: '由什么编写 SQL、是否就绪，以及两者并排比较。',
    models: '本地模型、它可用的适配器，以及正在使用哪一个。',
    reports: '答对的频率和训练的过程：以图显示评估和训练。',
  },
  notLoaded: '无法加载此面板。',
  again: '重试',
}
