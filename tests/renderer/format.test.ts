/** Figures as people read them. */
import { describe, expect, it } from 'vitest'
import { createFormatter } from '../../src/renderer/i18n/format'
import { visibleSymbol } from '../../src/renderer/components/visible-symbol'
import { i18n } from '../../src/renderer/i18n'

const format = createFormatter('en', (key, named) => i18n.global.t(key, named))

describe('format', () => {
  it('writes four significant digits of a loss and a dash for none', () => {
    expect(format.loss(1.8796)).toBe('1.880')
    expect(format.loss(null)).toBe('–')
    expect(format.loss(NaN)).toBe('–')
    expect(format.loss(-0.5)).toBe('−0.5000')
  })

  it('puts a thin space before a unit', () => {
    expect(format.percent(0.205, 1)).toBe('20.5\u2009%')
    expect(format.short(182_400)).toBe('182\u2009k')
    expect(format.bytes(25_090)).toBe('25.1\u2009kB')
    expect(format.bytes(0)).toBe('0\u2009B')
  })

  it('tells a time in the unit people would use', () => {
    expect(format.duration(42.4)).toBe('42 s')
    expect(format.duration(200)).toBe('3 min')
    expect(format.duration(Infinity)).toBe('–')
  })

  it('shows what cannot be seen', () => {
    expect([' ', '\n', '\t', '\u200b', '\u202e', '가'].map(visibleSymbol)).toEqual([
      '·',
      '↵',
      '→',
      '⟨200B⟩',
      '⟨202E⟩',
      '가',
    ])
  })
})
