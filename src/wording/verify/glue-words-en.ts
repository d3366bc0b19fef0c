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
  dear mr mrs ms oh ah hmm moment
`);

/** What a question may use besides: it claims only what it takes for granted, and these take nothing for granted. */
export const ASKING_EN: ReadonlySet<string> = setOf(`
  appeal appeals work works suit suits sound sounds prefer interested interest mind choose pick decide think consider go going ahead proceed continue try
  change different else more another other instead next hear compare confirm agree accept start closer rather any some anything something
  color colour size budget quantity many much kind sort type use feature features looking search matter matters important
  name email address phone city country zip postal postcode recipient person company bill billed pay payer deliver delivered delivery ship shipped send sent
  place order offer price total quote option options package set add include remove keep buy purchase get repeat rephrase spell check correct when
  me full complete yours best help anywhere particular specific model number settle
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
`
  .split("\n")
  .map((line) => line.trim())
  .filter((line) => line !== "");

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).filter((word) => word !== ""));
}
