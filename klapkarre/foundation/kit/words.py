"""The words of the codes that people say aloud: 1,024 short, everyday Dutch words that nobody mixes up.

No two words differ by one letter or sound the same, and none is a number, a day or a month, an
insult, or about belief, illness or the body. A code follows from a word's place in this list: change nothing here
without a note in CHANGELOG.md, because slips that are out already would show another code than the one on paper.
"""

WORDS = tuple(
    """
aandacht aardbei abrikoos accordeon acteur afspraak agenda ajuin akker albatros alfabet amandel ananas
andijvie anjer antenne appel applaus aquarium arend armband armstoel artisjok asperge atelier atlas
aubergine auto avond avontuur azijn baai babbel badkamer badminton bagage bakfiets bakken bakkerij baklava
baksteen bakvorm bal balkon ballet bamboe banaan banjo bank barbecue basilicum batterij bed begonia beige
beignet beitel belofte beloning berg beschuit beton beuk bever bezem bezoek bij biljart binnen bioscoop
blad bladzijde blauw bloem bloemkool bloempot blouse boei boomhut boon bord bordspel borstel bosbes boter
boterham bouwen braam breien brief bril broccoli broek brommer brons brood brug buffel buiten buizerd
bundel bureau bus cacao cactus cadeau cake camera camper caravan ceder cello cement chauffeur chips
chocolade circus cirkel citroen collage compost computer concert confetti courgette couscous cracker
croissant curry dadel dagboek dageraad dahlia dak dakgoot dakpan dans dapper deegrol dekbed deken deksel
dessert deur deurbel deurmat dialoog diamant dichter dienblad diploma dirigent dobber dolfijn domino
donder dorp draad draagtas drempel dromen droom druif drummer druppel duikboot duikbril duim dweil echo
eclair eekhoorn eerlijk eetkamer egel eierdop eigenaar eik eiland ekster elastiek emmer energie envelop
erwt esdoorn etalage eten fabriek fakkel falafel fanfare fantasie fazant feest festival fiets figuur film
filter flamingo flat fles fluit fluweel fontein forel fornuis foto fotograaf framboos friet fruitsap fuut
gang garage garantie garde garen garnaal gazon gebak gebouw gedicht geheim geluid geluk gember gemeente
geranium gesp gesprek geven gids gieter giraf gitaar gitarist glazuur glijbaan glimlach globe golf gordel
gordijn goud graniet grappig gras grens grijs groen groeten grutto haag hagel halte hamer hamster handdoek
handdruk handig handvat hangmat hapje harp haven hazelaar hazelnoot heelal heftruck helm helpen hemd
hengel herfst hert heuvel hobbel hobby hockey hoed hoekhuis hoepel hommel honing hooiberg hoorn horizon
horloge hotel huis huiswerk hulst hummus humor hut hyacint idee iglo ijs ijsbaan ijsberg ijspegel ijsthee
ijzer indigo ingang inkt inktvis inwoner iris jarig jasmijn jeans jongleur jubileum jupiter juweel kaas
kabel kabeljauw kajak kajuit kaketoe kalender kampvuur kanarie kaneel kangoeroe kano kapitein kapstok
karaf karamel karper karton kast kastanje kasteel katoen kauwgom kermis kerrie kers ketting keuken keuze
kievit kiezel kijken kilo kimono kiosk kiwi klappen klaproos klarinet klaver kleding klei kleuter klimop
klimrek klink klok klomp knikker knipoog knippen knoop knuffel knutsel koala koek koekoek koelbox koelkast
koffer koffie koken kokos kom komkommer kompas konijn kookboek koor koper kopje korfbal kostuum kraan krab
krant kreeft krekel kristal krokus kroon kruid kruimel kruiwagen kuiken kunst kurk kussen kwartet kwartier
kweepeer kweker laars lachen ladder lade lamp lantaarn lasagne laurier lavendel leerling leesbril
leeuwerik leiding lelie lenig lente lepel leraar levendig lezen libel liedje ligstoel lijn lijnbus lijster
limoen limonade linde liniaal lint linzen liter logboek lokaal lolly look lucifer luifel luik luisteren
lunch maaltijd maan macaroni machine madeleine madelief magazijn magneet magnolia mand mango mantel
maquette marathon margriet marionet markies markt marmer matras matroos medaille meelzak mees meetlat
meeuw melk melkfles melkkan melodie memo menu merel metro metser middag midden mijlpaal minuut mist mixer
modder model moestuin molen molenaar monument morgen mosterd motor motregen mozaiek muesli muffin munt
muntthee museum muur muziek muzikant naaien naald naambord narcis natuur neptunus nest netjes nevel nieuw
noorden noot notitie nougat oase ochtend oefening oerwoud ogenblik okra olie oliebol olifant olijf omelet
omslag ontbijt ontwerp oogst ooievaar oorbel opdracht opening opera oprit optocht oranje orchidee orgel
origami orkest otter ovaal oven ovenwant overall overkant paal paard pagina pakhuis pakket paksoi paleis
palet pan panini pantoffel papaja papaver papegaai papier paprika paraplu parasol parel parfum park
parkiet paspoort passer pasta patroon pauw pauze pedaal peer pelikaan pendel penseel peperkoek pergola
perron pet petanque petunia pianist piano piccolo picknick piloot pinda pioen piramide pita placemat
plafond plakboek planeet plank plantage planten plein plezier podium polka pollepel pomp pompoen poncho
ponton poolvos poort popcorn populier portaal portret postbode postbus poster postzegel potlood praline
praten prei prent printer project proper pruik pudding punaise puree puzzel pyjama quiz raadhuis raadsel
raap rabarber radar radijs radio raket rammenas rapport ravioli recept record refter regen regenboog
regenjas regio reiger reis reisgids reizen rek reling rendier renner reserve ridder riem rijst ring
risotto ritme rits rivier robot roeiboot roer rolluik roltrap roman rond roodborst roos rotonde roze
rozijn rucola rugby rugzak ruimte ruit rups rustig saffier salade sambal sandaal sandwich sap sari
saturnus saus schaap schaats schaduw schat schepje scherm schets schijf schildpad schip schoen schommel
schors schotel schouw schrift schrijver schroef schuur scooter seconde seizoen selder sering serre servet
servies sesam sieraad signaal siroop sjaal sjalot sjoelbak slaapzak slagroom slapen slee sleutel slim
slinger slippers sloot sluis sluiting smaak smaragd smid smoutebol snavel sneeuw snel snoek snorkel soep
sofa sok sorbet souvenir spaarpot spaghetti spar spatel specerij specht speculaas speeltuin speld spelen
spelling sperwer spiegel spijker spinazie spiraal splinter spons spoor spoorweg sporthal spreeuw springen
sprong sprookje stadhuis stam stapel stappen station steen steiger stekker stempel ster stil stippel stoel
stof stofdoek stoofpot straat strand streep strip strohoed struik student studio stuur suiker surfer sushi
symbool taak taart tablet tafereel talent tandarts tandem tapijt tas taxi tekenen tekening tekst telefoon
telescoop televisie tellen telraam tempo tennis tent terras theater thee theedoek theelepel theepot thema
thermos tijger tijm timmerman toast toekan toekomst toerist toets tolk tomaat tompoes toneel toonbank
toren touw tractor trap trechter trein trommel trompet trottoir trui tuba tuin tuinbank tuinboon tuinhuis
tuinman tulp turkoois turnzaal twijg uil uitgang uitkijk uitzicht uniform vakantie vakman vakwerk valies
valk vallei vanille veerboot veld veldfles venkel veranda verf verhaal verkoper veter veulen vezel
vierkant vijg vijver vilt vinden vink violist viool visnet visser vitrine vlag vleugel vlieger vlinder
vloer vlot voertuig voetbal voetmat vogel volgorde volkoren voordeur voorjaar voorraad vork vormpje vos
vraag vrede vreugde vrijheid vrolijk vruchten vuurkorf vuurtoren waaier waakvlam wafel wagen walnoot wals
wandelen wandeling want warm wasbeer wasdraad washandje waslijn wasmand wasserij water waterput waterrad
waterval webcam weerhaan weide wekker wereld werkbank werken westen wieg wijk wijsheid wind windstil
winkel winter witloof wol woonboot wortel yoghurt zaad zaagsel zacht zakdoek zaklamp zalm zandbak zanger
zebra zee zeebries zeehond zeelucht zeeman zeester zeil zeilboot zeppelin zetel zilver zingen zoeken
zolder zomer zomerzon zon zonnig zoom zout zoutvat zuiden zuurkool zwaaien zwaan zwaluw zwembad zwemmen
""".split()  # noqa: SIM905
)
