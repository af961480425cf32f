/** What the panel of the datasets says, in Simplified Chinese. */
import type { dataPanelEn } from './en.js'

export const dataPanelZhCn: typeof dataPanelEn = {
  own: '您的数据',
  demos: '示例',
  states: {
    open: '就绪',
    opening: '正在打开',
    closed: '首次提问时打开',
    failed: '失败',
  },
  ask: (title) => `询问 ${title}`,
}
