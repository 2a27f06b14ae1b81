import type { Translation } from '../../../i18n/messages'
import type { en } from './messages.en'

export const ko: Translation<typeof en> = {
  overText: '글 위의 유닛 {unit} · {quantity}',
  stretchHint: '글을 끌거나 Shift와 화살표 키로 구간을 선택합니다.',
  handHint: '행을 위아래로 끌거나 Alt와 화살표 키로 옮깁니다.',
  waiting: '상태를 읽는 중 …',
  unit: '유닛 {unit}',
  unitCount: '유닛 {count}개 | 유닛 {count}개 | 유닛 {count}개',
  zoom: '시간 단계의 너비',
  zooms: { 0: '글 전체', 2: '단계당 2픽셀', 6: '단계당 6픽셀', 14: '단계당 14픽셀' },
  tools: {
    label: '유닛 찾기',
    stretch: '구간에서 활성',
    property: '글의 성질을 따름',
    saturation: '게이트 포화',
    spectrum: 'W_hh의 스펙트럼',
  },
  stretch: {
    threshold: '문턱값',
    none: '위의 글에서 구간을 선택하면, 그 안에서는 활성이고 바로 앞뒤에서는 아닌 유닛을 찾습니다.',
    found:
      '“{text}” 안에서만 활성이고 바로 앞뒤에서는 아닌 {units} (절댓값 {threshold} 이상, 다른 곳에서 덜 활성인 순).',
    foundNone:
      '“{text}” 안의 모든 단계에서 {threshold} 이상이면서 바로 앞뒤에서는 아닌 유닛이 없습니다. 문턱값을 낮추거나 더 짧은 구간을 선택해 보십시오.',
    units: '구간의 유닛',
    elsewhere: '나머지 단계의 {share}에서 활성',
    places: '함께 활성인 다른 곳 ({count})',
    nowhere: '이 글의 다른 곳에서는 이 유닛의 80 % 이상이 함께 활성인 때가 없습니다.',
  },
  property: {
    quotes: '따옴표 안',
    brackets: '괄호 안',
    line: '줄 안의 위치',
    word: '낱말 안의 위치',
    indentation: '들여쓰기',
    final: '받침',
  },
  properties: {
    title: '글의 성질을 따르는 유닛',
    choose: '글의 성질',
    constant: '이 글에서는 “{property}” 값이 변하지 않아 따르는 유닛을 알 수 없습니다. 값이 변하는 글을 읽어 보십시오.',
    still: '“{property}” 값을 알 수 있는 곳에서 변하는 유닛이 없습니다.',
    best: '“{property}” 성질을 가장 잘 따르는 유닛은 {unit}번입니다. 상관계수 {correlation}. 음수이면 성질이 커질 때 값이 작아집니다. 유닛을 선택하면 글 위에 표시됩니다.',
  },
  saturation: {
    title: '게이트 포화',
    how: '점 하나가 유닛 하나입니다. 게이트가 0.1보다 작은 때의 비율은 오른쪽으로, 0.9보다 큰 때의 비율은 위로 나타냅니다.',
    shut: '비율 < 0.1',
    open: '비율 > 0.9',
    mean: '{gate}: 단계의 {shut}에서 닫힘, {open}에서 열림',
    short: '· 닫힘 {shut} · 열림 {open}',
  },
  spectrum: {
    title: 'W_hh의 고윳값',
    how: '단위원 안의 고윳값은 단계마다 전해지는 것을 줄이고, 밖의 고윳값은 키웁니다.',
    waiting: '고윳값을 계산하는 중 …',
    of: '{gate}: 스펙트럼 반지름 {radius}, 최대 특잇값 {sigma}',
    short: '· 반지름 {radius} · 최대 σ {sigma}',
  },
}
