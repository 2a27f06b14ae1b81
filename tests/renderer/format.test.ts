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
    expect(format.loss(61_500)).toBe('61,500')
    expect(format.loss(6.15e28)).toBe('6.15 · 10²⁸')
  })

  it('marks a loss axis so that no two marks read alike and none is longer than the chart', () => {
    expect([0, 2.5, -0.5, 61_500].map(format.lossMark)).toEqual(['0.00', '2.50', '−0.50', '61,500.00'])
    expect([0.001, 0.0025].map(format.lossMark)).toEqual(['0.001', '0.0025'])
    expect([2e28, -4e5].map(format.lossMark)).toEqual(['2 · 10²⁸', '−4 · 10⁵'])
  })

  it('tells a day in a list as briefly as it can be known', () => {
    const now = new Date(2026, 2, 5, 18).getTime()
    const at = (...[year, month, day]: [number, number, number]) => new Date(year, month, day, 16, 7).getTime()
    expect(format.shortDate(at(2026, 2, 5), now)).toMatch(/^4:07\sPM$/)
    expect(format.shortDate(at(2026, 2, 4), now)).toBe('Mar 4')
    expect(format.shortDate(at(2025, 2, 5), now)).toBe('Mar 5, 2025')
  })

  it('puts a thin space before a unit', () => {
    expect(format.percent(0.205, 1)).toBe('20.5\u2009%')
    expect(format.short(182_400)).toBe('182\u2009k')
    expect([999_499, 999_500, 1_000_000, 1_234_567].map(format.short)).toEqual([
      '999\u2009k',
      '1\u2009M',
      '1\u2009M',
      '1.23\u2009M',
    ])
    expect(format.bytes(25_090)).toBe('25.1\u2009kB')
    expect(format.bytes(0)).toBe('0\u2009B')
  })

  it('tells a time in the unit people would use', () => {
    expect(format.duration(42.4)).toBe('42 s')
    expect(format.duration(200)).toBe('3 min')
    expect(format.duration(Infinity)).toBe('–')
    expect([0, 0.034, 0.7, 12.4, 100, 6000].map(format.exactDuration)).toEqual([
      '0 s',
      '0.034 s',
      '0.7 s',
      '12 s',
      '1.7 min',
      '1.7 h',
    ])
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
