import QtQuick
import QtQuick.Layouts
import "../theme"

// A private value: masked, whole only while the button is held.
RowLayout {
    id: masked

    required property string hidden
    required property string full
    property string role: "body"
    property bool strong: false

    spacing: GsTheme.gap

    GsText {
        Layout.fillWidth: true
        Layout.maximumWidth: hold.visible ? GsTheme.px(560 * GsTheme.titles) : Number.POSITIVE_INFINITY
        text: hold.down ? masked.full : masked.hidden
        role: masked.role
        strong: masked.strong
    }
    GsButton {
        id: hold
        visible: masked.full !== masked.hidden
        small: true
        kind: "quiet"
        iconName: down ? "eye" : "eye-off"
        text: qsTr("按住看")
    }
    Item {
        visible: hold.visible
        Layout.fillWidth: true
    }
}
