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
  },
  purposes: {
    data: '可以向 Parley 询问的内容：您自己的文件和数据库，以及示例。',
    schema: '所选数据的表和列。您为它们写的说明有助于找到它们。',
    knowledge: '数据之外 Parley 应该知道的内容：文档、术语和已批准的 SQL。',
    generators: '由什么编写 SQL、是否就绪，以及两者并排比较。',
    models: '模型、它的适配器及其表现。',
  },
  notLoaded: '无法加载此面板。',
  again: '重试',
}
