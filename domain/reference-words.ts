// The 256 words of a reference: short, easy to say on the telephone, hard to take for one another. Never change their order:
// a reference is found again by its words.

export const referenceWords: readonly string[] = `
acorn actor album amber angel ankle apple april apron arrow atlas autumn badge baker bamboo
banana banjo barrel basket beach beacon beaver bench berry bicycle bishop blanket blossom bottle
branch bread breeze brick bridge broom brush bucket butter button cabin cactus camel camera
candle canoe canyon captain carpet carrot castle cedar ceiling cello cherry chess circle circus
clock cloud clover coast cobra coffee comet compass copper coral corner cotton cradle crayon
cricket crown crystal curtain cushion daisy dance desert diamond dinner doctor dolphin donkey
dragon drummer eagle echo elbow elephant ember emerald engine falcon farmer feather fiddle finger
fisher flame flower flute forest fountain fox fridge galaxy garden garlic ginger giraffe glacier
globe goblet golden guitar hammer harbor harvest hazel helmet hermit hill honey horizon hotel
island ivory jacket jaguar jasmine jelly jewel jungle kettle kitchen kitten ladder lagoon lantern
laurel lemon leopard letter lily linen lion lizard lobster lotus magnet mango maple marble market
meadow melon mirror monkey mountain muffin mushroom napkin needle nickel nurse oasis ocean olive
onion orange orbit orchid otter oven oyster paddle palace panda paper parrot peach pearl pebble
pencil pepper piano pigeon pillow pilot planet plum pocket polar pony potato prince pumpkin
puppet pyramid quartz rabbit radio rainbow raven ribbon river robin rocket rose ruby saddle
sailor salmon sandal satin scarf shadow shell shepherd silver singer spider spoon squirrel stable
statue summer sunset swan table tailor temple thunder tiger tomato tower trumpet tulip tunnel
turtle umbrella valley velvet village violin wagon walrus walnut water willow window winter
wizard yellow zebra
`
  .trim()
  .split(/\s+/)
