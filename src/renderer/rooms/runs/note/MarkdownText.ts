/** A note as elements: made one by one from what ./markdown found, so that no text is ever read as HTML. */
import { defineComponent, h } from 'vue'
import type { VNode } from 'vue'
import { readNote } from './markdown'
import type { Block, Span } from './markdown'

const TAGS = { strong: 'strong', emphasis: 'em', code: 'code' } as const

function spanNode({ kind, text, address }: Span): VNode | string {
  if (kind === 'text') return text
  if (kind === 'link') return h('span', { class: 'link', title: address }, `${text} (${address ?? ''})`)
  return h(TAGS[kind], text)
}

function blockNode(block: Block): VNode {
  switch (block.kind) {
    case 'code':
      return h('pre', h('code', block.text))
    case 'list': {
      const entries = block.entries.map((spans) => h('li', spans.map(spanNode)))
      return h(block.ordered ? 'ol' : 'ul', entries)
    }
    default:
      return h(block.kind === 'heading' ? 'h3' : 'p', block.spans.map(spanNode))
  }
}

export default defineComponent({
  props: { text: { type: String, required: true } },
  setup: (props) => () => h('div', { class: 'markdown selectable' }, readNote(props.text).map(blockNode)),
})
