/** What is said and done in the square, as patterns of grammar.mjs. */

/** Each scene is of one kind; A, B, C are people, O is the owner. A line that begins with a name is a speech. */
export const KINDS = [
  {
    openings: [
      '{Thing} stands {place}. A looks at it. Enter B.\nB: Good morning, {a}. What is that {place}?\nA: That is {thing}.\nB: I can see that it is {thing}. What is it doing {place}?\nA: [Nothing so far|It is waiting, I think|I was about to ask you the same]. It was here when I came.',
      'People stand in a crowd {place}. In the middle of it, {thing}. A and B push their way through.\nA: Make room! What has happened?\nB: Somebody has left {thing} {place}, {a}.\nA: On a market day? [Is it yours|Whose is it|Has it a name on it]?\nB: If I had {thing}, I should not leave it {place}.',
      'A comes out of a door and falls over {thing}.\nA: Who has left {thing} {place}?\nB: Not so loud, {a}. [It is resting|You will wake the Mayor|They will hear you in church].\nA: I have [broken my stick|lost a button|swallowed a plum stone]. Somebody shall pay for this.\nB: How much?\nA: {Price}, and an apology.',
      'B sits {place} with {thing} and reads a newspaper. Enter A.\nA: What have you there, {b}?\nB: {Thing}. I found it {place}, and I am looking after it until I get tired of it.\nA: Then it belongs to somebody.\nB: Most things do, {a}. It is the great difficulty with things.',
    ],
    endings: [
      "Enter O, running.\nO: There it is! I have looked for it since {weekday}.\nA: Is this yours, {o}? {Thing}?\nO: It was my grandmother's. I put it down {place}, only for a moment, and then [the band came by|I met a bishop|it began to rain].\nA: And the reward?\nO: I promised {promise}, to whoever found it.\nB: That was I, {o}.\nO: Then I shall have {promise}, and you shall watch.",
      'O: I may as well confess it. It is mine.\nB: Yours, {o}? {Thing}?\nO: I bought it for {price}, and I was ashamed to carry it home. So I left it {place}.\nA: Then take it home now, {o}, and we shall all look the other way.\nO: I would have to promise {promise} first. My family is strict.\nA: {promiseOf}.\nO: I promise {promise}.\nThey all turn round. O goes out with {the-thing}. It does not go quietly.',
      'A: The only person who has not spoken is {o-name}.\nO: I had hoped that nobody would notice.\nB: {o-cap}! Is it you who left {thing} {place}?\nO: I did not leave it. I lent it. I lent it to the town, {place}, where everybody could enjoy it.\nA: That will be {price} for obstruction.\nO: I have only {price2}.\nA: Then you will have {promise} as well.\nO: In front of everybody?\nB: In front of everybody, {o}.',
    ],
  },
  {
    openings: [
      'The stall of A. Enter B with a basket.\nB: How much for the {ware0}, {a}?\nA: {Price}.\nB: For [one|all of them|the whole stall]?\nA: For the pleasure of asking. They are the best {ware0} in Pennybridge.\nB: They are the only {ware0} in Pennybridge.\nA: That is how I know.',
      'Enter A and B with a scale between them.\nA: I paid {price} for a pound of {ware0}, and I have carried home [fourteen ounces|half a pound|mostly paper].\nB: My scale is honest, {a}. My thumb is another matter.\nA: Then give me back {price}.\nB: I have spent it on {thing}.\nA: On {thing}? [Whatever for|At your age|In these times]?',
      'B: Fresh {ware0}! {ware0}, {price} the dozen!\nA: Yesterday they were {price2}, {b}.\nB: Yesterday nobody wanted them.\nA: Nobody wants them today.\nB: Then I shall call louder. {ware0}!',
    ],
    endings: [
      'A: I will make you an offer, {b}. I take all the {ware0}, and you take {thing}.\nB: And {price}?\nA: Not a farthing more. But I will promise {promise}.\nB: Done. I never liked {ware0} in any case.\nThey shake hands. O buys the {ware0} for {price2} before A has put them down.',
      'O: May I say something? I have eaten the {ware0}.\nA: All of them, {o}?\nO: While you were talking about {price}. I thought they were samples.\nB: Then you owe me {price}, {o}.\nA: And me the pleasure of refusing it.\nO: I will promise {promise}.\nB: {promiseOf}, {o}.\nO: {promise-cap}. There, I have said it.',
      'B: Take them for nothing, {a}. I am tired.\nA: I never take {ware0} for nothing. It would be an insult to the {ware0}.\nB: Then promise {promise}, and we are quits.\nA: I would sooner pay {price}.\nB: That is exactly what I hoped you would say.\nA pays {price}, and goes out under a great weight of {ware0}.',
    ],
  },
  {
    openings: [
      'Enter A, out of breath.\nA: Stop everything! I have lost {thing}.\nB: When did you see it last, {a}?\nA: On {weekday}, {place}. It was [perfectly happy|leaning on the wall|looking at me].\nB: And what is it worth?\nA: To me? More than words. To you, {price}.',
      'A is [crawling|walking backwards|going in circles] about the square. Enter B.\nB: Have you lost something, {a}?\nA: Only {thing}.\nB: Where did you lose it?\nA: {place-cap}.\nB: Then why do you look for it here?\nA: Because here [it is dry|there is something to eat|I can be seen looking].',
    ],
    endings: [
      'Enter O with {thing}.\nO: Does this belong to anybody? I found it {place}.\nA: My own! {o-cap}, how can I ever thank you?\nO: You said {price}, I believe.\nA: I said more than words.\nO: I would rather have {price}.\nA: Then I will promise {promise} besides.\nB: I shall hold you to it, {a}. I have been waiting for years for somebody {promise}.',
      'B: {a-cap}, what is it that you are sitting on?\nA: I am sitting on [nothing|a box|my principles].\nB: You are sitting on {the-thing}.\nA: So I am! [It has been there all the time|I thought that the bench was softer than usual|And I have walked all over town].\nO: I shall cross out {weekday}, and I shall cross out {place}. What was the reward?\nA: There is no need for a reward, since I found it myself.\nO: Then at least promise {promise}.\nA: To whom?\nO: To me, {a}.',
    ],
  },
  {
    openings: [
      'There is a platform {place}, with flags. A holds a list. All are in their best clothes.\nA: The prize this year, for the best {ware0}, is {thing}.\nB: {Thing}? Last year it was {price}.\nA: Last year, {b}, nobody came.\nB: I shall win it. I have grown {ware0} since I could stand.\nA: Then you may stand over there, with the others.',
      'A: Ladies and gentlemen! Whoever guesses the weight of the {ware0} wins {thing}.\nB: What does a guess cost, {a}?\nA: {Price}.\nB: And what is {thing} worth?\nA: About {price2}. But you are paying for the excitement.',
    ],
    endings: [
      'A: And the winner is {o-name}!\nO: I? But I have no {ware0}.\nA: That is what decided the judges. Yours were the only {ware0} without a fault.\nO: Then I accept {the-thing}, and I promise {promise}.\nB: I demand that they be weighed!\nA: We have weighed nothing against nothing, {b}, and it was fair to the ounce.',
      'B: I have won! I have {thing} at last! And now I do not know what to do with it.\nO: I would give you {price} for it, {b}.\nB: {Price}? I paid {price2} only to guess.\nO: {Price}, and I promise {promise}.\nB: {promiseOf}!\nO: I promise {promise}.\nB: Then take {the-thing}, and mind the {ware0}.',
    ],
  },
]

/** What may be said in between, by anybody to anybody. */
export const EXCHANGES = [
  'C: {clue}.\nA: I had noticed that, {c}.\nC: Then why did you not say so?\nA: Nobody likes a person who notices things.',
  'C: I know something about it.\nB: What do you know, {c}?\nC: {clue}. And I was [not asked|not looking|promised a bun].\nB: That proves [nothing|everything|that you have a nose].',
  'C: Where were you, {b}, on {weekday}?\nB: {excuse}.\nC: Can anyone confirm it?\nB: Only those who were not there.',
  'B: {insult}, {c}.\nC: {insult-other}.\nA: Please! There are {ware} present.',
  'C: What would you say to {price2}, {b}?\nB: I should say that you meant {price}.\nC: And if I had {price}?\nB: I should say that you have been to see the pawnbroker.',
  'A: {saying}.\nC: Who said that?\nA: I did, {c}, just now.',
  'C: May I sell some {ware} while we wait?\nA: This is [an inquiry|a serious matter|a public place], {c}.\nC: They are serious {ware}. {Price2} the dozen.\nA: Give me {number}.',
  "C: I shall ask {number} questions, and I shall ask them slowly. Whose is it?\nB: That is the first, {c}.\nC: Whose is it not?\nB: It is not [mine|yours|the Mayor's], and it is not {someone}'s.\nC: I have forgotten the third.",
  'Enter C.\nC: Has anybody seen {someone}? [I have a letter|The oven is on fire|There is a bishop at the door].\nA: You come at a bad moment, {c}. {clue-yes}\nC: That is odd. I had one just like it, and it never {did}.',
  "C: I don't wish to say anything against {someone}.\nB: But?\nC: But {clue-lower}, and who else would {doing}?\nB: That is a grave charge, {c}.\nC: It is only {price2} at present. It may grow.",
  'A: Write this down, {c}.\nC: I am writing. How do you spell it?\nA: I have not said anything yet.\nC: No, but I like to be beforehand. I have put {number} commas.',
  'C, {feeling}: I once knew a man who had one of those.\nB: What became of him, {c}?\nC: He [married it|went to sea|was made a judge]. They were very happy.',
  'B: There is a form for it, {c}.\nC: Which one?\nB: The one for {form}. It has {number} boxes, and the last is for remarks.\nC: I have a remark.\nB: Keep it short. The box is the size of a stamp.',
  'C {move}.\nA: Why do you do that, {c}?\nC: It helps me to think.\nA: And what do you think?\nC: That I should like some {ware}.',
  'C: In my day, {b}, one could buy {ware} for {price2} and have change.\nB: In your day there were no {ware}.\nC: We had the change, at least.',
  'A: If I were you, {c}, I should keep out of it.\nC: If you were me, {a}, you would be taller.\nB: And if either of you were {someone}, we should have been done by dinner.',
  'C: Is it true, {a}, what they say about {someone}?\nA: That depends on what they say.\nC: They say that {someone2} saw it all, {where2}, with a bag of {ware}.\nA: Then they say too much, and {someone2} eats too much.',
  'B: You are blushing, {c}.\nC: I am not. It is the sun.\nB: There is no sun.\nC: Then it is the {ware}.',
  "C: I make it {number}.\nA: {number-cap} what?\nC: I don't know. I only count. {a-name-cap} does the rest.\nA: I beg your pardon, {c}. I make it {number}, and I have more fingers.",
  'C: I have brought a witness.\nB: Where is the witness, {c}?\nC: He is shy. He is in this [basket|jug|hat].\nB: What did he see?\nC: He has not told me. He is a hen.',
  'B: You owe me {price2}, {c}, since {weekday}.\nC: I thought that we had agreed on {ware}.\nB: We agreed on {ware} in exchange for {price2}.\nC: Then we are quits, for I have eaten them.',
  'A: Somebody is whistling. Is it you, {c}?\nC: It is the wind, {a}.\nA: The wind does not know the second verse.\nC: It has been here longer than we have.',
  'C: I have a theory.\nA: Is it a long one, {c}?\nC: It begins with {someone} and ends with {ware}.\nA: They all do.',
  'C: Excuse me, {b}. Is this the queue?\nB: For what?\nC: I did not like to ask. I have stood in it since {weekday}.',
  'B: What have you written, {c}?\nC: I have written: {number} persons, {clue-lower}, and no wind.\nB: Why no wind?\nC: One must begin somewhere.',
  'C: {a-cap}, you have something on your [hat|nose|sleeve].\nA: What sort of thing?\nC: A sort of {ware-one}.\nA: Leave it. It keeps off {someone}.',
  'A: Is there anyone here who can read?\nC: I can, {a}, if the letters are large.\nA: What does it say?\nC: It says {price2}. No, it says that {someone} is a {ware-one}.',
  'C: {b-cap}! Your {ware} are on fire!\nB: They are not on fire. They are [reduced|Spanish|thinking].\nC: There is smoke.\nB: That is only {someone}, with a pipe.',
  'Enter C, backwards.\nA: Why do you come in backwards, {c}?\nC: So that {someone} thinks that I am leaving.\nA: And does it work?\nC: I have not been asked for {price2} since {weekday}.',
  'C: Count on me, {a}.\nA: For what?\nC: For anything under {price2}.\nB: And over?\nC: Over {price2}, count on {someone}.',
  'B: Have you been in my {ware} again, {c}?\nC: I have been near them.\nB: There were {number} this morning.\nC: And how many are there now?\nB: That is a very personal question.',
  'A: What is the time, {c}?\nC: By the clock or by my stomach?\nA: By your stomach.\nC: A quarter past {ware}.',
  'C: I only came for a {ware-one}.\nA: Then why are you still here, {c}?\nC: Because somebody said that {someone} would fall into the trough.\nB: That was on {weekday}.\nC: I must have missed it.',
  'C: In confidence, {b}: {clue-lower}.\nB: Who told you?\nC: {someone-cap}.\nB: In confidence?\nC: At the top of the town hall steps, through a trumpet.',
  'A: Silence! I call upon {c-name}.\nC: Upon me? I have prepared nothing.\nA: You need only tell us what you saw.\nC: I saw {someone}, {where2}, with a {ware-one}. The rest I prepared.',
  "C: Let us vote. Who is for it?\nNobody moves.\nC: And who is against it?\nNobody moves.\nB: You see, {c}? The town is of one mind.\nA: It is a pity that we don't know which.",
]

export const CLOSINGS = [
  'The clock strikes, though it has no reason to.',
  'The band plays. It is not clear what.',
  'A dog runs off with the last of the {ware}.',
  'They all go in to dinner but {someone}, who has to find {his-someone} hat.',
  'It begins to rain, on the just and on {someone}.',
  '{someone} bows, and nobody sees it.',
  'The pump is heard to drip.',
]
