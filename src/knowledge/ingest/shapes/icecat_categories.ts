/**
 * Category by the words of an Icecat title, which names the product type in plain English; else by attributes that
 * only one kind of product has; else by its description. `columns` are the attribute names of the sheet.
 */
export function icecatCategory(
  title: string,
  type: string | undefined,
  columns: readonly string[],
  description: string,
): string {
  const telling = ` ${columns.join(" ")} `;
  return (
    byWords(`${title} ${type ?? ""}`) ??
    SIGNATURES.find(([pattern]) => pattern.test(telling))?.[1] ??
    byWords(description) ??
    "general"
  );
}

function byWords(text: string): string | undefined {
  const words = ` ${text.toLowerCase()} `;
  return CATEGORIES.find(([pattern]) => pattern.test(words))?.[1];
}

const SIGNATURES: readonly (readonly [RegExp, string])[] = [
  [/_ink_type|ink_cartridges_quantity|_ink_volume/, "printing/ink"],
  [/_print_speed|_duplex_printing|_duplex_scanning/, "printing/printers"],
  [/toner_page_yield|_printing_colours/, "printing/toner"],
  [/_lens_structure/, "cameras/lenses"],
  [/_sim_card|_mobile_network/, "phones"],
  [/_tv_tuner|_tuner_type/, "displays/televisions"],
  [/_native_aspect_ratio|_panel_type|_display_brightness/, "displays/monitors"],
  [/_basic_switching_rj/, "networking/switches"],
  [/_recommended_age|_recommended_gender/, "toys"],
  [/_dust_capacity|_bowl_capacity|_cooking_/, "home-appliances"],
  [/_battery_cells|_battery_life_cycle/, "power/batteries"],
  [/_cable_length|_cable_colour/, "cables/other"],
  [/_number_of_years|_service_/, "services"],
  [/_print_media|_printing_media|_media_weight/, "printing/paper"],
];

/** Read from the top: what belongs to a thing (its bag, cable, battery) stands before the thing. */
const CATEGORIES: readonly (readonly [RegExp, string])[] = [
  [
    /\btoner (cartridge|collector)|\btoner\b.*\b(original|pages|cartridge|pc\(s\))|\btoner\b/,
    "printing/toner",
  ],
  [/\b(ink|print) cartridge|\bink\b|\bprinthead|print head/, "printing/ink"],
  [
    /printer drum|imaging (drum|unit)|\bdrum\b|fuser|transfer (kit|belt|roller)|maintenance kit|printer (kit|roller)/,
    "printing/parts",
  ],
  [/label-making tape|printer ribbon|\bribbon\b|label tape/, "printing/ribbons"],
  [
    /photo paper|printing paper|inkjet paper|large format media|proofing paper|\bpaper\b.*(sheets|mm|m²)|transparency/,
    "printing/paper",
  ],
  [/\blabels?\b/, "office/labels"],
  [
    /patch (cable|cord)|networking cable|network cable|ethernet cable|patchcord|\bcat\.?\s?[5-8][ea]?\b.*\b(cable|utp|stp|ftp)/,
    "cables/network",
  ],
  [/fib(er|re) optic cable|fib(er|re).*(cable|patch)/, "cables/fibre"],
  [/audio cable|stereo .*cable|rca .*cable|speaker (wire|cable)/, "cables/audio"],
  [/(usb|lightning|firewire|thunderbolt)[^|]*cable/, "cables/usb"],
  [/(hdmi|vga|dvi|displayport|coax\w*|s-video|scart|video|monitor)[^|]*cable/, "cables/video"],
  [/power (cord|cable)|extension cord|power extension/, "cables/power"],
  [/\bkvm\b/, "networking/kvm"],
  [/\bcables?\b|\bcord\b/, "cables/other"],
  [
    /(notebook|laptop) (case|bag|sleeve|backpack)|backpack|messenger|sleeve case|briefcase/,
    "accessories/bags",
  ],
  [
    /(phone|tablet) (case|cover|screen protector)|screen protector|privacy filter|display privacy/,
    "accessories/cases",
  ],
  [
    /lens (case|cap|hood|adapter)|camera (case|lens adapter|kit|cable|strap)|focusing screen|tripod|battery grip/,
    "cameras/accessories",
  ],
  [/camera lens|\blens\b/, "cameras/lenses"],
  [/uninterruptible power|\bups\b/, "power/ups"],
  [/power distribution|\bpdu\b|surge (protector|suppressor)|ac outlet/, "power/distribution"],
  [/power (adapter|supply)|inverter|charger|power bank/, "power/adapters"],
  [/batter(y|ies)\b/, "power/batteries"],
  [/projector lamp|projection lamp|projector (mount|ceiling)|lamp - elp/, "projectors/accessories"],
  [/(flat panel|tv|monitor|wall|ceiling) .*mount|\bmount\b|\bbracket\b|\bstand\b/, "accessories/mounts"],
  [/projection screen|projection? surface/, "projectors/screens"],
  [/projector/, "projectors"],
  [/memory module|\bsodimm\b|\bdimm\b|system specific memory|\bsdram\b.*module/, "computers/memory"],
  [/\bprocessor\b.*(ghz|box|cache|l2|l3)|\bprocessor $/, "computers/processors"],
  [/motherboard|desktop board|server board|workstation board/, "computers/motherboards"],
  [/graphics card|geforce.*(gddr|pci)|radeon.*(gddr|pci)|quadro.*(gddr|pci)/, "computers/graphics"],
  [/usb flash drive|memory card|compactflash|\bsdhc\b|\bsdxc\b|card reader/, "storage/flash"],
  [/internal solid state|\bssd\b.*\b(sata|nvme|m\.2|2\.5)|solid state drive/, "storage/ssd"],
  [
    /hard (drive|disk)|\bhdd\b.*(enclosure|external|internal)|\bnas\b|disk array|storage server/,
    "storage/disks",
  ],
  [
    /data tape|tape (drive|cartridge)|\blto\b|\bdat\b.*tape|blank (cd|dvd|data)|(cd|dvd|bd)-r/,
    "storage/media",
  ],
  [/optical disc drive|dvd drive|blu-ray (drive|writer)/, "storage/optical"],
  [/keyboard (drawer|tray|cover)|wrist rest|mouse pad/, "accessories/desk"],
  [/keyboard/, "computers/keyboards"],
  [/\bmouse\b|\bmice\b|trackball/, "computers/mice"],
  [/headset/, "audio/headsets"],
  [/headphones?|earphones?|earbuds|earplug/, "audio/headphones"],
  [/speakers?\b|soundbar|loudspeaker|subwoofer/, "audio/speakers"],
  [/microphone/, "audio/microphones"],
  [/\brack\b|cabinet|blank panel/, "racks"],
  [
    /network switch|\bswitch\b.*(port|gigabit|managed|ethernet)|(port|ethernet).*\bswitch\b|switch module/,
    "networking/switches",
  ],
  [/router|access point|wi-?fi extender|repeater|\bantenna/, "networking/wireless"],
  [
    /network (card|adapter|interface|media converter|transceiver)|transceiver|\bsfp\b|\bmodem\b|firewall|print server/,
    "networking/adapters",
  ],
  [/interface (cards|hub)|\bhub\b|docking station|serial card|pci.*card/, "computers/interfaces"],
  [
    /laserjet.*(ppm|dpi|printer|a4|mfp)|laser printer|inkjet printer|\bprinter\b|multifunctional|\bmfp\b|\bplotter\b|\ball-in-one printer/,
    "printing/printers",
  ],
  [/scanner/, "printing/scanners"],
  [/thin client/, "computers/thin-clients"],
  [/\btablet\b|\bipad\b|galaxy tab/, "computers/tablets"],
  [/smartphone|mobile phone|\biphone\b/, "phones"],
  [/telephone|\bdect\b|ip phone|answering machine/, "phones/landline"],
  [
    /notebook|laptop|chromebook|netbook|ultrabook|hybrid \(2-in-1\)|mobile workstation|windows.*\d\d(\.\d)? cm|\d\d(\.\d)? cm \(.*(ddr|ghz)/,
    "computers/laptops",
  ],
  [/\bserver\b.*(xeon|gb|rack|tower)|proliant|poweredge/, "computers/servers"],
  [
    /\bworkstation\b|\bpc\b(?!\(s\)| 1 )|desktop|mini pc|all-in-one|barebone|\btower\b.*(ddr|intel|amd)/,
    "computers/desktops",
  ],
  [/computer case|\bchassis\b/, "computers/cases"],
  [
    /computer monitor|\bmonitor\b|public display|signage|\blcd\b.*(cm|pixels)|led display/,
    "displays/monitors",
  ],
  [/\btv\b|television/, "displays/televisions"],
  [/digital camera|compact camera|\bslr\b|camcorder|webcam|ip (security )?camera|\bcamera\b/, "cameras"],
  [
    /dvd player|blu-ray player|mp3|mp4 player|media player|set-top|receiver|home cinema|\bradio\b/,
    "audio-video",
  ],
  [
    /coffee|espresso|kettle|toaster|blender|mixer|vacuum|\biron\b|fryer|\bhob\b|oven|cooker|fridge|freezer|washing machine|dishwasher|shaver|hair|toothbrush|juicer|microwave/,
    "home-appliances",
  ],
  [/\bdoll\b|\btoy\b|lego|playset|puzzle|craft kit|kinetic sand|figure|board game|playhouse/, "toys"],
  [/software|license|subscription|warranty|maintenance\/support|support pack|care pack/, "services"],
  [
    /binder|folder|\bpen\b|marker|stapler|envelope|notebook paper|whiteboard|calculator|shredder|laminat|easel|desk organizer/,
    "office",
  ],
  [/lamp|light bulb|lighting|\bled\b.*\bw\b/, "lighting"],
  [/adapter|converter|splitter|connector|extender|gender changer/, "accessories/adapters"],
];
