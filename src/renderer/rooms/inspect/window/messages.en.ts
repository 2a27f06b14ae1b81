/** The words of Window against recurrence. */
export const en = {
  title: 'Two histories with one ending',
  make: 'Make from the chosen step',
  find: 'Find in the text ({count})',
  part: { first: 'First history: before', second: 'Second history: before', shared: 'What both end with' },
  first: 'After the first history',
  second: 'After the second history',
  role: { window: 'Feed-forward window', recurrent: 'Recurrent network' },
  missing: {
    window: 'There is no run with a window yet. Train one on the same text: Train room, cell “window”.',
    recurrent: 'There is no run with a recurrent cell yet. Train one on the same text.',
  },
  equal: {
    window: 'Its two answers are equal to the last digit: it cannot tell the histories apart.',
    recurrent: 'Its two answers are equal: of what differed nothing is left in its hidden state.',
  },
  differ:
    'It answers “{first}” ({firstProbability}) after the first and “{second}” ({secondProbability}) after the second; the greatest difference is at “{symbol}”, {points} percentage points.',
  waiting: 'No answer yet.',
  same: 'The two histories are the same. Change one of them.',
  within: 'The last {shared} symbols are equal, and the window sees {window}: all that differs lies before it.',
  beyond: 'Only the last {shared} symbols are equal, and the window sees {window}: it still sees some of what differs.',
  noTwins:
    'This text has no two places with the same {window} symbols before different ones. A longer text may have some.',
  continued: 'In the text “{first}” follows at the first place and “{second}” at the second.',
}
