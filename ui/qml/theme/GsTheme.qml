pragma Singleton

import QtQuick

// Sizes, colours and motion of every screen. One dp is one pixel of a 21.5 inch full-HD panel (0.25 mm); smaller and
// larger windows scale it.
// Where the panel's real size is known, 大字版 also keeps to millimetres: lines of 7, targets of 15. `elder` (大字版) enlarges type by 1.45 for reading text and 1.3 for titles and targets.
QtObject {
    id: theme

    property bool elder: false
    property bool highContrast: false
    property bool english: false
    property bool animate: true
    property real windowWidth: 1920
    property real windowHeight: 1080
    property real millimetre: 0 // pixels of the real panel, 0 where its size is unknown

    // Qt takes the direction from the translation that is installed.
    readonly property bool mirrored: Application.layoutDirection === Qt.RightToLeft
    readonly property bool portrait: windowHeight > windowWidth
    readonly property real shortSide: Math.min(windowWidth, windowHeight)
    readonly property bool compact: shortSide < 900
    readonly property real unit: Math.max(0.8, Math.min(2.2, shortSide / 1080))

    readonly property GsPalette colour: GsPalette {
        contrast: theme.highContrast
    }

    // type scale
    readonly property int caption: px(20 * reading)
    readonly property int small: px(22 * reading)
    readonly property int body: Math.max(px(26 * reading), elder ? Math.ceil(7 * millimetre / lineHeight) : 0)
    readonly property int lead: px(30 * titles)
    readonly property int title: px(40 * titles)
    readonly property int headline: px(52 * titles)
    readonly property int display: px(80 * (elder ? 1.15 : 1))
    readonly property real lineHeight: 1.4

    // spacing
    readonly property int gapTiny: px(6)
    readonly property int gapSmall: px(12)
    readonly property int gap: px(20)
    readonly property int gapLarge: px(32)
    readonly property int gapHuge: px(52)
    readonly property int margin: px(elder ? 88 : 72)

    // targets
    readonly property int least: Math.ceil((elder ? 15 : 9) * millimetre)
    readonly property int target: Math.max(least, px(elder ? 100 : 76))
    readonly property int targetSmall: Math.max(least, px(elder ? 78 : 62))
    readonly property int radius: px(14)
    readonly property int radiusLarge: px(22)
    readonly property int icon: px(elder ? 44 : 34)
    readonly property int iconLarge: px(elder ? 84 : 68)
    readonly property int stroke: Math.max(1, px(highContrast ? 3 : 2))

    // motion
    readonly property int quick: animate ? 140 : 0

    readonly property real reading: elder ? 1.45 : 1
    readonly property real titles: elder ? 1.3 : 1

    function px(dp: real): int {
        return Math.round(dp * unit);
    }
}
