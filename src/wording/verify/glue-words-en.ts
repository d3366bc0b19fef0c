/**
 * Words that claim nothing by themselves about goods, prices, terms, people, time or deeds: all that a sentence may use
 * beside its support. A new word belongs here only where no sentence made of it and of true words could be a lie.
 */
export const GLUE_EN: ReadonlySet<string> = setOf(`
  a an the this that these those it its it's itself i me my mine we us our ours you your yours they them their there here
  that's here's there's i'm i'll i'd i've we're we'll we'd we've you're you'd you'll you've they're let's what's
  and or but so as of in on at to for from with by about over plus because since once before without until unless per up down out
   per both either neither nor also too then though although
  all was were wasn't weren't am is are be isn't aren't do does don't doesn't did didn't have has haven't hasn't can can't cannot could couldn't will won't
  would wouldn't may might should shall need needs not no yes okay ok
  if what which who whose where how whether
  meanwhile otherwise instead please thanks thank welcome hello hi hey sorry apologies apologize apologise afraid unfortunately glad happy pleased pleasure
  sure certainly course right well understood noted alright fine
  let tell show give giving get getting make makes making put puts see look looks looking help helps know say says mean means ask asks asking
  come comes coming bring brings mention mentioned take takes want like leave leaves find
  come's following below above one ones item items product products thing things detail details information question
  now called possible gladly quite just kindly someone anyone everyone yourself together below above again back
  first second third fourth last-mentioned respectively namely exactly
  two three four five six seven eight nine ten
  after into off through around between within during toward towards under yet even rather perhaps maybe actually simply
  some something such other another several few much many little lot bit whole part rest altogether else anything everything
  go goes going try turn turns set hear call wait think wonder hope wish agree check pick choose write
  speak talk share explain repeat sum add adds reply wanted works work happen consider ready way thought word words
  that'd there'd it'd who's where's how's here's what'd that'll there'll luck case
  dear mr mrs ms oh ah hmm moment ha aha wow um great
  than while whereas whereby via per upon onto across among amongst alongside along regarding concerning besides aside given
  been myself whatever whichever whoever anyway indeed overall therefore thus hence accordingly otherwise similarly likewise
  really definitely totally absolutely completely truly honestly frankly basically essentially certainly clearly obviously naturally
  currently presently usually typically normally generally roughly approximately probably likely possibly hopefully particularly especially
  originally initially finally lastly firstly secondly specifically briefly pretty fairly somewhat slightly
  appreciate understand understands understandable assist assisting assistance discuss discussing chat chatting guide clarify respond
  believe guess suppose assume imagine remember remind realize decide deciding decision browse browsing explore
  quick recap rundown breakdown overview summary note reference option options idea point reason sense
  seems seem appears appear sounds sound needed useful helpful curious aware interested interest
  chance second yep yeah yup yay nope nah sadly regrettably luckily fortunately thankfully alternatively additionally furthermore moreover
  expect expected nearly almost done ought gonna wanna gotta lemme able unable request requested conversation chat wondering
  kind sort type number proceed continue begin starting finish wrap ok'd y'all you'd've should've could've would've mustn't who'd how'd there've
  however nevertheless nonetheless becomes become prefer prefers preferred described exact exactly main important preference situation example difference figures beforehand certain
  model models version versions unit units why disappoint disappointed disappointing math calculation equal equals require requires requiring turned
  follow follows followed stay stays remain remains stand stands involve involves related relevant current clear clearer confusion select selecting selection
  view viewing present prepare preparing draft drafting compile pull pulling search searching combination suggest suggestion recommend mentioning
  line lines side sides kindly explanation details description outline figure numbers starters counts proper properly correctly accordingly instance
  assuming provided considering except bet wise lovely terrific amazing decent solid handy neat simply truly kind regards wondered thinking
  ideal suitable decision decisions preference preferences criteria requirement requirements result results
  locate showing shown described listed noted combined each plain plainly concrete concretely rough roughly
  worth considering factoring taking looks looked
  personally ultimately altogether everybody anybody whichever single bunch range way ways rundown entire entirely simple simplest straightforward
  feel feels matter matters depend depends depending wrong different middle longer doing having being trying seeing saying taking knowing
`);

/** What a question may use besides: it claims only what it takes for granted, and these take nothing for granted. */
export const ASKING_EN: ReadonlySet<string> = setOf(`
  appeal appeals work works suit suits sound sounds prefer interested interest mind choose pick decide think consider go going ahead proceed continue try
  change different else more another other instead next hear compare confirm agree accept start closer rather any some anything something
  color colour size budget quantity many much kind sort type use feature features looking search matter matters important
  name email address phone city country zip postal postcode recipient person company bill billed pay payer deliver delivered delivery ship shipped send sent
  place order offer price total quote option options package set add include remove keep buy purchase get repeat rephrase spell check correct when
  me full complete yours best help anywhere particular specific model number settle
  lock move moving forward finalize finalise wrap secure reserve grab snag leaning lean toward towards drawn shopping open willing similar alternative
  good everything headed heading happen comfortable satisfied happy accurate catch eye appealing tempting finish submit process started set up share
  invoice billing shipping ordering buying looking made out reach contact use using pair combine version style brand
  setup offers quotes deal buyer instead split middle higher smaller bigger cheaper stretch flexible firm planning plan plans occasion purpose
`);

/** Turns of speech that claim nothing as a whole, though their words alone might. */
export const IDIOMS_EN: readonly string[] = `
  (?<=(?:^|[.!?\\n]) ?)(?:(?:that's |that is )?(?:great|wonderful|perfect|lovely|excellent|nice|fine|good|fair|very well|gladly|(?:yes, )?happily|(?:well )?done|with pleasure|much appreciated|all right|absolutely|fantastic|noted|that makes sense|makes sense|fair enough|no))(?=[!.,])
  (?:more|lower|further|less|higher|closer|better|fewer) than (?:i|we) (?:can|could|am able to)(?: (?:go|do|offer|take off|give|agree to))?
  than (?:i|we) can(?: (?:go|do|offer|take off|give|agree to))?
  once (?:more|again)
  (?:just|only) (?:a (?:few|couple)|the one|one|two|three|some|a moment)
  a couple (?:of )?(?:more )?
  not quite|quite (?:that|so)|a (?:bit|little) (?:too|more|lower|closer|under|over|below)?
  my last word
  i'll (?:keep|start|read|answer)|let's start|to start with
  (?:glad|happy|good|nice) to hear (?:it|that|from you)
  (?:one )?last (?:question|thing|detail)
  (?:up|fits) to now
  the least i can do
  (?:too|so|that) (?:low|far|high|much)
  (?:all|everything) (?:you'd|you would) (?:pay|need)
  still
  what do you think|make up your mind
  get (?:quite )?there
  down to|up to
  how (?:does|do|would|about)
  good (?:news|morning|afternoon|evening|day|choice|question)
  (?:great|nice|lovely|excellent|good) (?:choice|pick|question|combination|idea|to (?:see|meet|have|hear)(?: you| from you| that)?)
  (?:sounds|that sounds) (?:good|great|fair)
  no (?:problem|worries|rush|hurry)(?: at all)?
  not (?:at all|quite|sure|yet)
  take (?:your|all the) time(?: you need)?
  (?:any|some) (?:other )?(?:questions?|details?|preference|thoughts)
  (?:a|one) (?:few|couple of|couple) (?:more )?(?:details|things|questions)
  (?:any|some)thing else(?: (?:i|we) can (?:help|do)(?: (?:you )?with)?)?
  (?:something|anything) (?:else|different|in particular)
  (?:tell|hear|know|show|say|see|find out|read|learn) (?:you |me )?(?:a (?:bit|little) )?more(?: about)?
  more (?:about|details|information|on)
  let me (?:just |quickly )?(?:know|see|read|check|go over|show|tell|give|put|make|recap|confirm|sum|repeat|summarize|summarise|run)
  (?:read|say) (?:that|it|this|everything|the order|your order|all of it) back(?: to you)?
  read back
  (?:in|to) (?:total|sum)
  in (?:all|short|summary|full|that case|particular|the meantime|fact|order to)
  all (?:in\\b|told|together|right|of (?:them|these|it|that)|(?:two|three|four|five|six|\\d+)\\b)
  so far
  as (?:well|follows|it stands|you (?:asked|wished|like|wanted|said|requested)|requested|asked|before|discussed)
  (?:just|only) (?:let|tell|say|need|to|one more|a few|give|ask)\\b
  (?:i|we|i'd|we'd|i'll|we'll) just
  before (?:i|we) (?:place|go|order|read|can|do|put|send|make)
  (?:once|when|whenever|as soon as|if) (?:you(?:'re| are|'ve| have|'d)? ?(?:ready|like|would like|want|wish|prefer|need|decided?|confirm(?:ed)?|approve|agree|say|tell|let|have|know)|(?:i|we) have)
  if (?:so|not|that|this|it) ?(?:works?|suits?|is (?:fine|right|all right|okay|ok|correct)|sounds? (?:good|right))?(?: for you)?
  (?:at|for) the moment
  for (?:now|you|me|us|that|this|it|them|your|those|these)
  right away\\?
  go (?:ahead|with|on|over|through|that (?:low|far|high)|lower|down|any (?:lower|further)|further)
  (?:would|does|do|could|can|will|might|may) (?:that|this|it|either|any|one|these|you)(?: of (?:them|these|those))? (?:work|suit|be (?:all right|fine|okay|ok|of interest)|do|help|sound|agree|live|manage)
  put (?:it|this|that|them|these|together|an offer together)
  (?:meant|asked|wanted|mentioned|said|told|proposed|suggested|offered|named|have in mind|had in mind|looking for|were after|are after|after)
  what (?:we|i) have
  (?:i|we)(?:'ve| have)? (?:found|understand|understood|see|got it|hear you|got)
  got (?:it|that)
  to (?:start|begin) with
  on (?:top|top of that|its own|that basis|the (?:bill|order))
  (?:out|because) of (?:interest)
  (?:the )?(?:same|rest) (?:as before|terms|conditions|again)
  one more step
  (?:come|comes|came) to
  (?:get|come|go) (?:closer|near)
  back to (?:you|that|this|it)
  you(?:'d| would) (?:like|prefer|want|rather)
  (?:good|nice|bad) ?bye|goodbye|see you|take care|have a (?:good|great|nice|lovely) (?:day|one|evening|afternoon|morning)
  (?:thank you|thanks) (?:so much|very much|a lot|kindly|again|for (?:your|the|that|asking|letting|waiting|choosing|coming|stopping|visiting|getting|reaching))
  you(?:'re| are) (?:very )?welcome
  (?:my|our) (?:apologies|pleasure)
  of course|by the way|for example|for instance|such as|at least(?= \\d)|that is|with (?:that|this|it)
  (?:feel|be) free to (?:ask|tell|say|come)
  (?:how|what) about
  there we (?:go|are)|here (?:we|you) (?:go|are)
  side by side
  in your (?:order|case)
  (?:one|each) of (?:them|these|those|the)
  (?:please |do |just )?(?:keep|bear)(?:ing)? (?:it |that |this )?in mind(?: that)?
  (?:just )?(?:a )?(?:quick |small |little )?(?:heads[ -]up|side note|reminder)
  just so (?:you know|you're aware|we're clear|it's clear)
  (?:just )?(?:for (?:your )?(?:reference|the record|clarity|context)|fyi|to be (?:clear|honest|fair|sure|precise|exact)|to clarify|to confirm|to recap|to sum up|to summarize|to review)
  (?:please )?(?:feel|be) free to (?:reach out|let me know|ask|tell|say|come|keep|take|chat|share|message me|get in touch)
  (?:please )?(?:don't|do not) hesitate to (?:ask|reach out|let me know|say|tell me)
  (?:i'm|i am|we're|we are) (?:all ears|here|here to help|always here|around|happy to (?:help|assist|explain|answer|go over|walk you through)|glad to (?:help|assist))(?: (?:if|when|whenever) you need (?:me|us|anything))?
  (?:i|we) (?:really |truly |do |completely |totally |fully )?(?:appreciate|understand|get|hear|see) (?:that|it|you|this|your (?:interest|patience|position|point|budget|offer|concern|request|question|situation))
  (?:much )?appreciated?(?: it| that)?
  (?:that's|that is|it's|it is|what) (?:a )?(?:perfectly |completely |totally |quite |very |entirely )?(?:understandable|reasonable|fair(?: enough| question| point| ask)?|okay|ok|fine|great|good|no problem|a good question|a fair question)
  (?:fair|good|great|nice|lovely|excellent|solid|smart|wonderful|fantastic|perfect|awesome) (?:question|point|ask|call|try|choice|choices|pick|picks|pair|pairing|combo|combination|start|thinking|selection|option|options|idea|deal)(?=[!.,?])
  (?<=(?:^|[.!?\\n]) ?)(?:awesome|amazing|super|terrific|brilliant|cool|splendid|delighted|understood|totally|definitely|certainly|fair question|good point|no pressure|no trouble|not a problem|sure thing|you bet|you got it|you've got it|makes sense|sounds like a plan|all set|almost there|here goes|great news|good news|nice|nearly there|roger that|will do|hang on|one sec|one moment|thank you kindly|cheers)(?=[!.,:])
  (?:you're|you are|we're|we are) (?:all set|almost there|nearly there|good to go|in luck|looking at|getting close|close)
  good to go|ready to go|up to you|your call|entirely up to you|it's up to you|whatever works(?: best)?(?: for you)?|what works(?: best)?(?: for you)?
  (?:change|changed|changes|changing) (?:your|their|my) mind|on your mind|come to mind|in mind|crossed your mind
  (?:that|this|it) (?:brings|takes|gets|puts) (?:it|us|you|things|the (?:total|price|order)) (?:to|at)
  (?:add|adds|adding|added) up(?: to)?|works? out (?:to|at)|comes? out (?:to|at)|comes? in at|adds? up to|amounts? to
  (?:on|off) the table|at this (?:time|point|stage)|at the (?:time|moment)|right now|as of now|as of today|these days|in the end|at the end|in the meantime|for the time being|so far
  (?:hang|sit) tight|bear with me|hold on|give me a (?:second|moment|minute)|just a (?:second|moment|minute)|one (?:moment|second)
  (?:one|just one|only one|just a few|a few) (?:last|final|more|quick|other|small|further) (?:things?|details?|questions?|checks?|steps?|bits?|pieces?|look)
  (?:last|next) (?:bit|thing|step|up|piece|question|one|detail)
  (?:move|moving|go|going|carry|carrying) (?:forward|ahead|on|along)(?: with (?:that|this|it|these|them))?
  (?:get|getting|got) (?:this|that|it|things|everything|you|your order|the order|started|going|moving|set up|sorted)(?: (?:started|going|moving|set up|sorted|rolling|ready))?
  (?:as|so) (?:for|far as|long as|regards|to)|with (?:regard|respect) to|in terms of|when it comes to|other than that|apart from that|based on (?:that|this|what you(?:'ve)? (?:told|said|asked|mentioned)(?: me)?|your (?:request|message|needs|budget|order|question))|given (?:that|this|your (?:budget|request|needs))
  your (?:boss|team|partner|wife|husband|family|colleagues?|manager|budget|needs|request|question|message|interest|patience|time|preference|decision|choice|thoughts|side|mind|end)
  what you(?:'re|'ve| are| have)? (?:looking for|after|asked for|described|need|had in mind|have in mind|want|asking|asking for|requested|mentioned|told me|thinking)
  (?:just|exactly|precisely) what you(?:'re| are)? (?:looking for|after|need|want|asked for)
  (?:would|could|should|might) (?:be )?(?:a )?(?:good|great|nice|solid|better|the right|right) (?:fit|match|option|choice|place to start|way to go)
  (?:fits?|meets?|matches|match|suits?) (?:the bill|your (?:needs|criteria|request|requirements|description|budget))
  what can i (?:do|find|help|get|show)(?: (?:you )?(?:with|for you|for))?
  (?:wish|wished) (?:i|we) (?:could|had|were able to)|as much as i'd like to|i'd love to
  (?:more|lower|further|less|higher|closer|better|fewer) than (?:i|we)(?:'m|'re| am| are)? (?:able to )?(?:can|could|do|go|swing|manage|offer)
  let me (?:just |quickly |go ahead and )?(?:walk you through|break (?:it|that|this) down|lay (?:it|that|this) out|double-check|clarify|explain|help|start|share|ask|look|take a look|see if|put)
  (?:take|have|having|taking) a (?:quick |closer |good )?look(?: at| over| through)?(?: it| this| that| these| them)?
  walk you through|double[ -]check|lay (?:it|that|this) out|break (?:it|that|this) down|go over|look over|look it over|think it over|mull it over|sleep on it
  (?:it|that|this) (?:really )?(?:depends|comes down) (?:on|to)
  (?:hope|hoping) (?:that|this|it) (?:helps|works|clears)(?: (?:for you|out|things up))?
  (?:any|some|more|other|further) (?:questions|concerns|details|thoughts|preferences?|info|information)
  (?:thanks|thank you) for (?:confirming|the details|the info|the information|reaching out|stopping by|your (?:interest|patience|order|message|understanding|time)|getting back|checking in|going with (?:it|us)|providing (?:that|this|those)|letting me know|considering|choosing|sharing(?: that| those)?|that|this|those)
  (?:please|just|simply|could you|can you|would you|if you(?:'d)?(?: could)?|go ahead and) (?:please |just |quickly )?(?:confirm|reply|say|let me know|tell me|send (?:me|over|it|them|that)|share|provide|give me|pass along|drop|type|fill in)
  (?:would|do) you mind (?:sharing|telling|giving|sending|confirming|letting)(?: me)?
  (?:nearly|almost|all|just about) (?:done|there|finished|ready|set)
  (?:finish|wrap|tie|sum) (?:this |that |it |things |everything )?up
  ready (?:when|whenever) you are|look(?:ing)? forward to (?:it|that|hearing(?: from you)?)
  (?:have|had) (?:just |exactly )?(?:the )?(?:thing|one|something|just the thing|a look|a think|a few options)
  (?:all )?that's (?:left|missing|needed)(?: is)?|all i need(?: now| from you)?(?: is)?|the only (?:other )?things? (?:i|we) (?:still )?need(?: now)?(?: is| are)?
  by all means|consider it|let's say|say the word|just say (?:so|the word|yes)|sound(?:s)? (?:good|okay|fair|right|like (?:a plan|what you (?:need|want|had in mind)))
  (?:as|if) (?:requested|promised|expected|needed|possible|necessary|applicable|preferred)
  (?:we|you|i)(?:'ve| have)? got
  (?:that|this) said|having said that|even so|in other words|on the other hand|in any case|either way|all things considered|at the end of the day
  (?:on|from) (?:my|our|your) (?:end|side|part)
  (?:into|in) account|short answer|long story short|in short|quick answer|here's (?:where we (?:stand|are)|the (?:thing|deal|idea|situation|offer|breakdown|summary))
  matters? (?:the )?most(?: to you)?|most important(?: to you)?|coming (?:right )?up|one of (?:a|the) few
  you(?:'ve| have)? (?:picked|chosen|selected|named|got)|you(?:'d| would) (?:be|have|get)|go(?:es)? well together
  (?:come|get|check) back (?:to me|any ?time you like|when you can)
  (?:that's|that is|it's) (?:everything|all|it|the one|the case|correct|right)
  (?:does|do|did|is|are|would) (?:that|this|it|these|they|everything|all of (?:that|this|it)) (?:all )?(?:look|sound|seem|feel|read) (?:right|correct|good|okay|ok|fine|fair|reasonable|like what you)
  talk (?:to you )?(?:soon|later)|why not|no need to (?:worry|rush|hurry|apologize)|(?:don't|do not) worry(?: about (?:it|that))?|(?<=(?:^|[.!?\\n]) ?)next,? (?=i|could|can|what|please|we|who|may)
  (?:the )?best (?:way|thing) (?:is|would be|to do)|sorry (?:about|for) (?:that|the (?:confusion|trouble|inconvenience|wait|mix-up))
  (?:if|should) (?:anything|something|you) (?:changes?|comes up|have (?:any )?(?:questions|doubts)|need (?:anything|something|more))(?: else)?
  (?:three|two|four|one|a pair|that) it is
  leav(?:e|es|ing) you (?:with|at)|bring(?:s|ing) you to|put(?:s|ting) you at|you'd be (?:at|looking at|paying)
`
  .split("\n")
  .map((line) => line.trim())
  .filter((line) => line !== "");

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).filter((word) => word !== ""));
}
