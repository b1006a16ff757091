import QtQuick
import "theme"
import "components"
import "screens"

// The page of all components in a window as long as it needs, shown as on a panel of the given size. No Kiosk is needed.
Window {
    id: window

    required property size panel
    required property bool elder
    required property bool highContrast
    required property bool mirrored
    required property list<string> icons
    required property string hotline

    width: panel.width
    height: page.fullHeight
    visible: true
    color: GsTheme.colour.page
    LayoutMirroring.enabled: mirrored
    LayoutMirroring.childrenInherit: true

    Binding {
        target: GsWords
        property: "hotline"
        value: window.hotline
    }
    Binding {
        target: GsTheme
        property: "windowWidth"
        value: window.panel.width
    }
    Binding {
        target: GsTheme
        property: "windowHeight"
        value: window.panel.height
    }
    Binding {
        target: GsTheme
        property: "elder"
        value: window.elder
    }
    Binding {
        target: GsTheme
        property: "highContrast"
        value: window.highContrast
    }
    Binding {
        target: GsTheme
        property: "animate"
        value: false
    }

    GsGallery {
        id: page
        anchors.fill: parent
        icons: window.icons
    }
}
