/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Classes of words in the four languages of the corpus: who acts, what asks, days,
 * what is broken, what decides ... A word that the corpus never had in such a place
 * then counts like its kin. The lists name words for what they are, not for a
 * category: what a class speaks for is learned. */

#include "config.h"

#include "uc-lexicon-private.h"

/* A power of two, more than twice the number of words below. */
#define N_SLOTS 8192

/* Words of a class, separated by blanks, in lower case, digits as 0; the class is the
 * place, from 1 up. Of two classes of a word the first counts. */
static const char *const classes[] = {
  /* the sender */
  "i i'm i've i'd i'll me my mine ich mir mich mein meine meinen bin je j'ai moi mon ma "
  "mes yo mi mí estoy tengo",
  /* the sender's side */
  "we we're we've we'll us our ours wir uns unser unsere nous on notre nos nosotros "
  "nuestro nuestra hemos tenemos estamos",
  /* the one spoken to */
  "you your yours you're du dir dich dein deine ihr euch euer tu te toi ton ta vous votre "
  "vos tú ti vosotros usted os",
  /* somebody, not named */
  "someone somebody anyone anybody everyone everybody whoever jemand jemanden wer alle "
  "quelqu'un personne tous alguien todos",
  /* others */
  "he she they them his her their it's er sie ihm ihn il elle ils elles lui leur él ella "
  "ellos ellas",
  /* may, can */
  "can could would will may might kannst könntest könnt könnten könnte würdest würde darf "
  "dürfen peux peut pourrais pourrait pouvez pourriez puedes puede podrías podría podéis "
  "podrían puedo podemos",
  /* must, should */
  "must should shall need needs ought muss müssen soll sollen sollte brauche brauchen dois "
  "doit faut faudrait besoin debe deben hay necesito necesitamos hace falta",
  /* asking politely */
  "please pls plz kindly bitte prière svp stp porfa favor plaît grateful mind",
  /* thanks */
  "thanks thank thx ty cheers danke dank merci gracias appreciated",
  /* question words */
  "what which where why how whose whom when who what's where's how's who's was welche "
  "welcher welches welchen wo wie warum wieso wann wozu woher quel quelle quels quelles où "
  "pourquoi comment combien quoi quand qui qué cuál cuáles dónde cuándo cuánto cuánta "
  "cuántos quién por cómo",
  /* verbs at the head of a question */
  "is are were do does did has have am ist sind war hat habt haben gibt est sont avez as "
  "es está ha han",
  /* knowing */
  "know knows wonder wondering idea anyone's weiß wisst sais sait savez sabe sabes saben "
  "idee idée curious understand remember",
  /* opinions */
  "think thoughts opinion opinions prefer rather better view feel meint denkst findet "
  "pensez penses crees opináis parece",
  /* refusals and negations */
  "no not never none nothing nicht kein keine keinen nie nichts non ne pas jamais rien "
  "plus aucun aucune nada nunca ningún ninguna sin ohne without",
  /* days of the week */
  "monday tuesday wednesday thursday friday saturday sunday tue wed thu fri sat sun "
  "mondays tuesdays thursdays fridays weekend montag dienstag mittwoch donnerstag freitag "
  "samstag sonntag wochenende lundi mardi mercredi jeudi vendredi samedi dimanche lunes "
  "martes miércoles jueves viernes sábado domingo",
  /* months */
  "january february march april june july august september october november december "
  "januar februar märz juni juli oktober dezember janvier février mars avril juin juillet "
  "août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio "
  "septiembre octubre noviembre diciembre",
  /* today */
  "today tonight heute aujourd'hui hoy today's tonight's eod",
  /* other days */
  "tomorrow morgen demain mañana übermorgen fortnight weekly",
  /* days gone by */
  "yesterday ago last gestern letzte letzten hier dernier dernière ayer pasado",
  /* parts of a day, clock */
  "morning afternoon evening noon midnight lunchtime pm o'clock uhr mittag mittags "
  "nachmittag abend früh matin midi soir heure heures h tarde noche mediodía horas",
  /* now */
  "now immediately asap once instantly urgent urgently quick quickly right straight sofort "
  "jetzt dringend umgehend gleich eilig immédiatement maintenant urgence tout ya ahora "
  "inmediatamente urgente enseguida",
  /* no hurry */
  "whenever sometime someday eventually rush hurry anytime leisure irgendwann eilt eile "
  "pressé prisa fyi info low priority backlog optional",
  /* gatherings that have a time */
  "meeting meetings appointment appointments shift shifts call huddle standup "
  "retro rehearsal briefing hearing visit interview review session workshop training "
  "seminar class lesson rounds round demo viewing tour audition inspection kickoff duty "
  "rota roster slot termin termine sitzung besprechung probe dienst schicht visite besuch "
  "treffen verhandlung besichtigung réunion garde répétition séance audience "
  "service reunión cita turno ensayo sesión visita guardia juicio clase",
  /* moving and cancelling */
  "move moved moves reschedule rescheduled postpone postponed cancel cancelled canceled "
  "swap swapped cover earlier later instead adjourned brought forward verschieben "
  "verschoben verlegt abgesagt absagen tauschen vertagt déplacer déplacée annulé annuler "
  "reporter reportée reporté décaler avancer mover aplazar aplaza cancelar cancelada "
  "cancelado cambiar adelantar",
  /* being there or not */
  "available availability free busy around leave vacation holiday holidays sick ill late "
  "off away absent back join attend frei krank urlaub verspätet spät zurück verfügbar "
  "libre malade congé congés retard vacaciones enfermo baja disponible",
  /* meeting up */
  "meet see let's works suits suit fits fine book passt geht va convient conviene viene "
  "bien",
  /* out of order */
  "broken down dead failed fails failing failure broke stuck jammed jams crash crashed "
  "crashes crashing leak leaks leaking offline outage frozen freezes stopped error errors "
  "faulty malfunction unreachable unresponsive timeout timeouts corrupt corrupted blocked "
  "clogged kaputt defekt ausgefallen fällt abgestürzt klemmt tropft undicht verstopft "
  "störung fehler streikt panne cassé cassée bloqué bloquée fuit fuite plante erreur "
  "coincé bouché averiado averiada roto atascado atascada gotea fuga fallo falla bloqueado "
  "caído",
  /* danger */
  "fire smoke gas flames burning explosion exploded flood flooded flooding danger "
  "dangerous unsafe evacuate collapse collapsed hazard shots gun knife bomb attack "
  "attackers ransomware spill spilled toxic chlorine ammonia sparks feuer brand rauch "
  "brennt gasgeruch gefahr überschwemmt einsturz bedrohung feu fumée incendie gaz brûle "
  "inondation fuego humo incendio arde peligro inundación explosión",
  /* harm to somebody */
  "injured hurt bleeding blood unconscious breathing breathe choking fainted seizure "
  "stroke pulse heart fell burnt burned wound pain allergic drowning missing trapped "
  "verletzt blutet bewusstlos atmet puls herz gestürzt ohnmächtig vermisst blessé saigne "
  "inconscient inconsciente respire pouls coeur malaise tombé disparu herido sangra "
  "respira pulso corazón cayó desaparecido",
  /* theft, loss, leak of data */
  "stolen theft thief burglary intruder stranger lost leaked phishing password "
  "hacked gestohlen einbruch eingebrochen dieb verloren volé vol cambriolé perdu robado "
  "robo perdido",
  /* being mended */
  "fixed resolved solved repaired restored sealed recovered working again running mended "
  "cleared behoben gelöst repariert läuft wieder erledigt gefixt réparé résolu remarche "
  "rétabli marche réglé arreglado resuelto funciona reparado restablecido",
  /* deciding */
  "approved approve approves approval decided decide decides decision agreed agree agrees "
  "accepted accepts accept rejected reject rejects refused refuses denied declined granted "
  "grant grants signed voted vote votes chosen chose choose picked settled ruled ruling "
  "adopted passed carried vetoed veto genehmigt freigegeben beschlossen "
  "entschieden abgelehnt angenommen zugestimmt bewilligt geeinigt beschluss entscheidung "
  "einverstanden stimmt gewählt approuvé accepté acceptée refusé validé décidé voté adopté "
  "rejeté choisi accordé décision tranché aprobado aprobada aprueba aceptado acepta "
  "rechazado denegado decidido acordado votado elegido autorizado concedido acuerdo "
  "adjudica",
  /* who decides */
  "board council committee management jury panel court judge director ministry parliament "
  "union members shareholders trustees owners partners bank headquarters hq steering "
  "vorstand rat stadtrat ausschuss leitung gericht direktion betriebsrat geschäftsführung "
  "conseil comité direction tribunal syndicat bureau mairie junta consejo dirección "
  "juzgado jurado sindicato ayuntamiento",
  /* doing something for somebody */
  "send bring check fix print order sign fill clean add remove update upload share ask "
  "tell write find look get give take put make help prepare proofread translate clear "
  "carry collect confirm reply return replace restock reset test turn open close lock wipe "
  "water feed pick drop let remind schick schicken bringen prüfen prüf schau nachsehen ruf "
  "leg stell gib sag helfen holen bestell envoyer envoie vérifier apporter appelle signe "
  "signer mets donne dis aider prévenir enviar envía mandar revisar revisa traer trae "
  "llamar llama firma firmar pon dame dime ayudar avisa",
  /* something has come about */
  "arrived sent done finished completed added merged deployed delivered updated published "
  "shipped released uploaded booked paid ordered installed closed started received tested "
  "replaced found wrote told spoke got angekommen verschickt fertig abgeschlossen bezahlt "
  "bestellt gefunden gesendet hochgeladen eingetragen arrivé envoyé terminé fini payé "
  "commandé trouvé reçu ajouté livré llegado enviado terminado acabado pagado pedido "
  "encontrado recibido añadido entregado",
  /* attached, here is */
  "attached attachment here's link minutes draft report anbei anhang hängt protokoll "
  "joint voici lien adjunto adjunta aquí enlace acta",
  /* leisure, sweets */
  "cake beer drinks pizza party bbq barbecue picnic karaoke bowling football quiz coffee "
  "ice cream doughnuts cookies biscuits chocolate pub movie film concert hike hiking swim "
  "yoga kuchen bier feier kegeln wanderung eis fest gâteau bière fête randonnée glace "
  "soirée tarta cerveza fiesta excursión helado bolos película cena",
  /* greeting */
  "hi hello hey welcome goodbye bye dear hallo moin servus guten liebe tschüss bonjour "
  "salut bonsoir bienvenue coucou hola buenos buenas bienvenido adiós greetings",
  /* wishing well, praise */
  "congrats congratulations happy birthday merry luck enjoy bravo great awesome amazing "
  "brilliant wonderful fantastic lovely proud love beautiful nice kudos legend glückwunsch "
  "herzlichen alles frohe schönes schönen toll super klasse prima félicitations joyeux "
  "joyeuse bon bonne génial magnifique felicidades enhorabuena feliz genial suerte "
  "estupendo",
  /* laughing, sounds */
  "haha hahaha lol rofl hehe mdr jaja jajaja wow yay hooray oops whoops phew hm hmm oh ah "
  "aww ugh",
  /* bare yes */
  "ok okay sure yes yep yup yeah noted understood copy roger exactly ja jawohl klar "
  "verstanden oui d'accord compris sí vale claro entendido alright",
  /* waiting and blocked */
  "waiting waits wait queue stranded warten wartet attendent esperando espera until before "
  "deadline due bis avant antes frist délai plazo",
  /* gravity of loss */
  "nobody unstaffed uncovered short unmanned all whole entire hospital ward theatre "
  "patients patient resident child children baby kid kids pupils patientin patienten kind "
  "kinder bewohner bewohnerin enfant enfants résidente niño niña niños paciente pacientes "
  "residente",
  /* what will not go on */
  "doesn't won't can't cannot isn't aren't don't didn't wasn't couldn't haven't hasn't "
  "wouldn't weren't",
  /* getting worse, out of its bounds */
  "rising rises growing grows worse worsening dropping drops falling climbing spreading "
  "loose cracked crack cracks torn frayed bent worn weak empty overheating overheats hot "
  "cold slow slower flickers flickering shaking shakes grinding beeps beeping rattles "
  "squeaks smells smell stinks wet damp mould rust rotten expired wrong steigt steigend "
  "sinkt locker riss gerissen leer kalt heiß langsam flackert riecht nass feucht schimmel "
  "falsch fehlt fehlen monte baisse chute desserré fissure vide froid froide lent odeur "
  "mouillé humide moisi faux manque sube suelto grieta vacío fría frío lento huele mojado "
  "húmedo moho faltan",
  /* hardly, again, still */
  "still hardly barely keeps constantly suddenly schon noch kaum ständig plötzlich encore "
  "toujours presque soudain otra vez todavía aún casi",
  /* equipment */
  "printer printers copier scanner projector lift elevator lamp lights bulb server servers "
  "network wifi internet vpn website site portal app page login system software database "
  "laptop computer screen monitor keyboard phone phones microphone camera pump boiler "
  "heating heater oven fridge freezer dishwasher kiln tap toilet sink pipe roof door gate "
  "window fuse socket cable battery machine engine motor brakes tyre van truck tractor "
  "crane forklift conveyor mixer till terminal alarm sensor mri ct ventilator "
  "autoclave centrifuge microscope drucker aufzug heizung beamer rechner netz tür tor "
  "fenster pumpe maschine gerät kasse telefon auto ascenseur imprimante chauffage "
  "photocopieuse porte serveur réseau téléphone caisse robinet ordinateur ascensor "
  "impresora calefacción fotocopiadora puerta servidor red teléfono máquina caja grifo "
  "ordenador",
  /* body, medicine */
  "pressure potassium insulin antibiotics medication drug dose surgery operation antidote "
  "oxygen saturation swelling throat arm head hip hand finger face allergy anaphylaxis "
  "transfusion cardiac overdose suicidal blut sauerstoff medikament infusion op sang "
  "oxygène médicament perfusion opération bras sangre oxígeno medicamento operación brazo",
  /* rescue */
  "ambulance doctor nurse police firemen brigade emergency lifeboat mayday code "
  "notarzt krankenwagen polizei feuerwehr notruf samu pompiers ambulancia policía bomberos "
  "emergencias urgencias",
  /* papers */
  "form forms contract invoice invoices bill letter list file files folder document "
  "documents drafts slides numbers figures receipts quote quotes permit certificate "
  "application template survey timesheet timesheets formular vertrag rechnung liste datei "
  "ordner entwurf angebot unterlagen zahlen belege formulaire contrat facture fichier "
  "dossier brouillon devis reçus chiffres formulario contrato factura lista archivo "
  "carpeta borrador presupuesto recibos",
  /* software work */
  "merge branch build commit pull deploy release version patch tests staging production "
  "bug log ticket pipeline revision rollback rebase main api index cache latency",
  /* food and drink, plain */
  "bread flour milk eggs fish soup menu lunch breakfast dinner tea food meal fruit",
  /* animals, plants, weather */
  "dog cat cats dogs goat goats hen hens cow cows horse horses sheep lamb lambs fox bees "
  "plant plants tree trees flowers garden weather snow rain hund katze pferd kuh chien "
  "chat cheval vache perro gato gata caballo vaca",
  /* next, coming */
  "next coming upcoming from starting nächste nächsten nächster kommende prochain "
  "prochaine próximo próxima",
  /* buying, going with a choice */
  "go going buy taking keep keeping use using switch switching stay stays settle nehmen "
  "kaufen behalten bleibt bleiben prend prends gardons quedamos mantenemos cogemos",
  /* plans of one's own */
  "plan plans planning intend hope want wants would'd thinking considering möchte wollen "
  "werde voudrais veux vais quiero voy quisiera",
  /* it is, there is */
  "it this that that's there there's here das dies ça cela c'est esto eso este",
  /* linking clauses */
  "if whether because since so but otherwise or else wenn ob falls weil damit sonst aber "
  "oder si parce sinon mais ou cuando porque pero sino o",
  /* amount and money */
  "percent per euro euros dollars price prices cost costs budget fee units total half "
  "prozent preis prix coût precio coste cuota",
  /* closed matters */
  "nvm ignore forget closing archived archiving duplicate longer anymore sorted "
  "geschlossen archiv clos classé cerrado",
  /* newcomers and news of people */
  "new starter colleague intern joined joins left leaving retire neue neuer nouvelle "
  "nouveau nueva nuevo",
  /* has been, was */
  "been had being wurde wurden worden été était fue sido",
  /* apology */
  "sorry apologies pardon entschuldigung tut désolé désolée perdón lo siento",
  /* nobody there */
  "niemand nadie ",
  /* numbers as words */
  "one two three four five six seven eight nine ten eleven twelve dozen twice quarter zwei "
  "drei vier fünf sechs sieben acht neun zehn deux trois quatre cinq sept huit neuf dix "
  "dos tres cuatro cinco seis siete ocho nueve diez",
  /* spans of time */
  "minute hour hours day days week weeks month months year years term season minuten "
  "stunde stunden tag tage woche wochen monat monate jahr jahre jour jours semaine mois an "
  "ans año años día días semana semanas meses minuto minutos",
  /* prepositions of time */
  "at by between after during um ab zwischen nach während seit à vers entre après depuis "
  "dès desde hasta después a",
  /* places in and around a house */
  "hall office room kitchen floor stage cellar corridor stairs stairwell entrance exit "
  "yard desk reception shed garage library school lab shop museum station harbour canteen "
  "gym pool playground building wing street road bridge field barn küche saal keller flur "
  "hof zimmer büro schule lager halle salle cuisine cave couloir cour chambre école dépôt "
  "sala cocina sótano pasillo patio habitación oficina colegio almacén nave",
  /* people at work and those they serve */
  "supplier customer customers client clients parents driver guest guests visitor visitors "
  "inspector technician engineer plumber electrician vet chef cook teacher pupil conductor "
  "captain crew tenant landlord member accountant auditor caretaker courier volunteer "
  "volunteers staff team boss chief kunde kunden eltern fahrer gast gäste techniker "
  "hausmeister lieferant kollegin kollege chefin chauffeur technicien contrôleur collègue "
  "cliente clientes padres técnico conserje",
  /* reporting verbs */
  "says said tells asked asks called writes confirmed announced reported heard sagt sagte "
  "meinte schreibt dit disait écrit annonce dijo dice escribe",
  /* coming and going */
  "come comes came goes went arrive arrives leaves start starts begin begins beginn "
  "beginnt kommt komme komm kommen gehe startet viens vient viendra pars part commence "
  "vengo sale empieza llego llega",
  /* order and amount */
  "first second third final latest newest previous former both each every several many few "
  "much more less most best erste zweite dritte mehr viel viele premier première deuxième "
  "plusieurs beaucoup primero primera segundo segunda más mucho muchos",
  /* only, also, just */
  "just only also too even already almost nearly about nur auch bereits fast juste "
  "seulement aussi déjà solo sólo también",
  /* colours and sizes */
  "green blue white black yellow brown grey big small large little wide narrow rot grün "
  "blau rouge vert bleu blanc rojo verde azul blanco grande petit pequeño",
  /* keys, badges, ways in */
  "key keys badge badges access pass schlüssel zugang clé clés llave llaves código acceso",
  /* goods and parcels */
  "parcel parcels delivery deliveries package box boxes crate crates pallet pallets stock "
  "goods shipment lieferung paket pakete kisten ware livraison colis caisses commande "
  "paquete cajas",
  /* pictures, news, things to read */
  "photos photo pictures picture newsletter news article books blog video recording "
  "catalogue poster logo fotos bilder foto fotografías novel podcast documentary",
  /* rules */
  "allowed permission forbidden mandatory obligatory required rule rules policy erlaubt "
  "verboten pflicht interdit obligatoire prohibido obligatorio permitido",
  /* finding out */
  "correct true meaning mean means difference reason bedeutet heißt signifie significa",
  /* wishes */
  "like wish would've hopefully gern gerne hätte wäre aimerais serait gustaría",
  /* readings and results */
  "result results sample samples temperature degrees level limit negative positive reading "
  "readings scan average grad wert werte proben ergebnis température degrés résultat "
  "résultats temperatura grados resultado muestras",
  /* all, any, some */
  "everything anything something any etwas quelque algo",
};

typedef struct {
  guint32 hash;
  guint8  word_class; /* 0: free */
} Slot;

/* Filled at first use, read only from then on. */
static Slot slots[N_SLOTS];

static inline guint
get_place (guint32 hash)
{
  return (hash ^ hash >> 15) & (N_SLOTS - 1);
}

static void
insert (guint32 hash, guint8 word_class)
{
  guint at = get_place (hash);

  while (slots[at].word_class != 0 && slots[at].hash != hash)
    at = (at + 1) & (N_SLOTS - 1);
  if (slots[at].word_class == 0)
    slots[at] = (Slot){ hash, word_class };
}

static void
fill (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++) {
    const char *at = classes[i];

    while (*at != '\0') {
      guint32 hash = 0;

      for (; *at != ' ' && *at != '\0'; at = g_utf8_next_char (at))
        hash = _uc_lexicon_hash (hash, g_utf8_get_char (at));
      insert (hash, (guint8) (i + 1));
      if (*at == ' ')
        at++;
    }
  }
}

/**
 * _uc_lexicon_get_class:
 * @hash: of a word in lower case, by _uc_lexicon_hash() from 0 over its characters
 *
 * Returns: the class of the word, below UC_LEXICON_END, or 0 when it has none; any
 *   thread, no allocation
 */
guint
_uc_lexicon_get_class (guint32 hash)
{
  static gsize is_filled = 0;
  guint        at = get_place (hash);

  G_STATIC_ASSERT (G_N_ELEMENTS (classes) < UC_LEXICON_END);
  if (g_once_init_enter (&is_filled)) {
    fill ();
    g_once_init_leave (&is_filled, 1);
  }
  while (slots[at].word_class != 0) {
    if (slots[at].hash == hash)
      return slots[at].word_class;
    at = (at + 1) & (N_SLOTS - 1);
  }
  return 0;
}
