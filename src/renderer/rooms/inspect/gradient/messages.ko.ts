import type { Translation } from '../../../i18n/messages'
import type { en } from './messages.en'

export const ko: Translation<typeof en> = {
  title: '거리에 따른 기울기(gradient)',
  light: '이 예측에 앞의 각 단계가 미치는 세기',
  of: '{step}단계(“{read}”)까지 읽고 “{next}”의 예측에 대해',
  label: '{step}단계 예측의 기울기 크기를 시간을 거슬러 올라간 거리에 따라 로그 축으로 나타낸 곡선',
  lag: '거슬러 올라간 단계 k',
  mode: '그릴 것',
  modes: { runs: '기록', layers: '층', ways: 'h와 c' },
  stage: { trained: '{name}, 지금', initial: '{name}, 초기화 직후' },
  layer: '{layer}층',
  way: {
    total: 'h, 모든 경로',
    cellTotal: 'c, 모든 경로',
    throughCell: 'c, 셀 상태만 거쳐',
    throughHidden: 'h, 은닉 상태만 거쳐',
  },
  bound: '상한 σᵏ, σ = {sigma}',
  cut: '학습은 {sequence}에서 끊음',
  facts: '곡선이 말하는 것',
  table: '천분의 일 아래로 떨어져 다시 오르지 않는 거리(단계)',
  column: { trained: '지금', initial: '초기' },
  lost: '{name}: {lag}단계 앞에서 예측 시점 크기의 천분의 일 아래로 떨어져 다시 오르지 않습니다.',
  kept: '{name}: 천분의 일 위에 머뭅니다. {lag}단계 앞인 글의 처음에 {share}배가 남습니다.',
  boundShrinks:
    'W_hh의 최대 특잇값은 {sigma}, 1보다 작습니다. 기울기는 예측 시점 크기의 σᵏ배보다 클 수 없으므로 반드시 소실합니다.',
  boundGrows:
    'W_hh의 최대 특잇값이 {sigma}이므로 상한 σᵏ는 커지며 폭발을 허용합니다. 곡선이 그보다 낮은 것은 tanh 때문입니다.',
  cellWay:
    'LSTM의 기울기는 가중치가 곱해지는 은닉 상태를 거쳐, 그리고 망각 게이트만 곱해지는 셀 상태를 거쳐 거슬러 올라갑니다. “h와 c”에서 두 경로를 따로 그립니다.',
  cutFact: '이 기록은 한 번에 {sequence}단계씩 읽으며 학습했습니다. 그보다 앞으로는 기울기가 간 적이 없습니다.',
  clipped:
    '{clip}보다 큰 기울기는 그 크기로 줄였습니다. 기록된 점 {points}개 가운데 {share}이며, 가장 큰 것은 {longest}입니다.',
  beside: '함께 볼 기록 (최대 두 개)',
  waiting: '시간을 거슬러 계산하는 중 …',
  later: '{step}단계 “{symbol}” 글자는 예측 뒤에 오므로 기울기가 가지 않습니다.',
  reach: '{step}단계 “{symbol}”: ‖∂L/∂h‖ = {norm}',
  window:
    '고정 창을 보는 순방향 신경망은 은닉 상태를 다음 단계로 넘기지 않아 시간을 거슬러 가는 기울기가 없습니다. 기본 RNN, LSTM, GRU 기록을 선택해 주십시오.',
  short: '두 글자 이상 입력해 주십시오. 앞의 글자로 다음 글자를 예측하는 기울기를 봅니다.',
}
